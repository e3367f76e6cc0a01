"""What the curves of runs are drawn over."""

from keras_pix2pixhd.charts.number_text import is_finite

PLACES = ("epoch", "steps")


def shared_place(histories):
    """Returns the column that the curves of several runs are drawn over.

    Args:
        histories: list of histories: lists of dicts from column to number.

    Returns:
        `"epoch"`, or `"steps"` where epochs begin again in one of them or are
        of different lengths; `"row"` where steps do not increase either.

    Example:

    >>> shared_place([[{"epoch": 1, "steps": 9}], [{"epoch": 1, "steps": 30}]])
    'steps'
    """
    found = [place for place in PLACES if _increases(histories, place)]
    if found == list(PLACES) and len(_steps_of_epoch(histories)) > 1:
        return "steps"
    return found[0] if found else "row"


def place_in_words(histories):
    """Returns what `shared_place` found, and why it is not the epochs.

    Example:

    >>> place_in_words([[{"epoch": 1, "steps": 9}, {"epoch": 1, "steps": 18}]])
    'by step: the epoch numbers in history.csv start over or are missing'
    """
    place = shared_place(histories)
    if place == "epoch":
        return "by epoch"
    if place == "row":
        return (
            "by row of history.csv: the numbers of its epochs and steps start "
            "over or are missing"
        )
    if _increases(histories, "epoch"):
        return "by step: an epoch is not as many steps in one run as in another"
    return "by step: the epoch numbers in history.csv start over or are missing"


def points(history, column, place):
    """Returns the points `(x, y)` of a column of a history.

    Args:
        history: list of dicts from column to number.
        column: str; where it is absent, y is `None`, but held-out numbers,
            `val_...`, are not measured in every epoch: those are left out.
        place: str, the column of x, or `"row"` for 1, 2, 3, ...
    """
    found = [
        (count if place == "row" else int(row[place]), row.get(column))
        for count, row in enumerate(history, 1)
    ]
    if column.startswith("val_"):
        return [(x, y) for x, y in found if y is not None]
    return found


def _increases(histories, place):
    columns = [[row.get(place) for row in history] for history in histories]
    return all(
        all(map(is_finite, column))
        and all(a < b for a, b in zip(column, column[1:], strict=False))
        for column in columns
    )


def _steps_of_epoch(histories):
    return {
        history[0]["steps"] / history[0]["epoch"]
        for history in histories
        if history and history[0]["epoch"]
    }
