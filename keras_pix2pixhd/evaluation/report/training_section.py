"""How the losses went while the runs were trained."""

from keras_pix2pixhd.charts.line_chart import line_chart
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite
from keras_pix2pixhd.charts.page_parts import run_legend, section
from keras_pix2pixhd.metrics.metric_name import MetricName

_PLACES = ("epoch", "steps")
_VALIDATION = "val_"
_WIDE, _NARROW = (880, 340), (360, 300)
_TOTAL = "generator_loss"
_WEIGHTED = (
    f"{_TOTAL} is the sum of the generator's terms, each times its weight; "
    "the terms themselves are drawn without their weights."
)
_HELD_OUT = [
    element("h3", "Held-out images"),
    element(
        "p",
        "Measured during training, on as many held-out images as the setting "
        "validation_images says, 8 where it was not set: they show a trend and "
        "are no numbers to compare with the summary.",
        class_="note",
    ),
]
_RATIO = 50  # values that differ by more are drawn on a logarithmic scale


def training_section(evaluation):
    """Returns the section of training curves, or `None` without history."""
    runs = [run for run in evaluation.runs if run.history]
    if not runs:
        return None
    place = _place(runs)
    names = list(
        dict.fromkeys(
            name
            for run in runs
            for row in run.history
            for name in row
            if name not in _PLACES
        )
    )
    names = [name for name in names if _seen(runs, name)]
    losses = [name for name in names if not name.startswith(_VALIDATION)]
    if _TOTAL in losses and "loss" in losses:
        losses.remove("loss")  # Keras' name for the same
    measured = [name for name in names if name.startswith(_VALIDATION)]
    if not losses and not measured:
        return None
    several = len(evaluation.runs) > 1
    together = not several and bool(losses)
    return section(
        "training",
        "Training",
        _legend(evaluation.runs) if several else None,
        element("p", _WEIGHTED, class_="note") if _TOTAL in losses else None,
        _together(runs[0], losses, place) if together else None,
        None if together else _apart(evaluation.runs, losses, place),
        _HELD_OUT if measured else None,
        _apart(evaluation.runs, measured, place),
    )


def _legend(runs):
    absent = [run.name for run in runs if not run.history]
    return run_legend([run.name for run in runs], absent)


def points(history, name, place):
    """Returns the points `(x, y)` of a column of a history.

    Args:
        history: list of dicts, rows of `history.csv` as numbers.
        name: str, the column; absent values become `None`;
            of held-out numbers, `val_...`, they are left out.
        place: str, the column of x, or `"row"` for 1, 2, 3, ...
    """
    found = [
        (count if place == "row" else int(row[place]), row.get(name))
        for count, row in enumerate(history, 1)
    ]
    if name.startswith(_VALIDATION):  # not measured in every epoch
        return [(x, y) for x, y in found if y is not None]
    return found


def _place(runs):
    """Returns the column that increases in every run."""
    for name in _PLACES:
        columns = [[row.get(name) for row in run.history] for run in runs]
        if all(
            all(is_finite(value) for value in column)
            and all(a < b for a, b in zip(column, column[1:], strict=False))
            for column in columns
        ):
            return name
    return "row"


def _seen(runs, name):
    return any(is_finite(row.get(name)) for run in runs for row in run.history)


def _log(series):
    values = [y for p in series.values() for _, y in p if is_finite(y)]
    return min(values) > 0 and max(values) / min(values) > _RATIO


def _together(run, names, place):
    """All losses of one run, as a chart for wide pages and one for phones."""
    series = {name: points(run.history, name, place) for name in names}
    log = _log(series)
    title = f"Losses of {run.name} by {place}"
    label = "loss, logarithmic" if log else "loss"
    charts = [
        element(
            "div",
            line_chart(series, title, place, label, *size, log=log),
            class_=class_,
        )
        for size, class_ in ((_WIDE, "on-wide"), (_NARROW, "on-narrow"))
    ]
    return element("figure", charts, class_="curve")


def _apart(runs, names, place):
    """A small chart for each name, all runs in each."""
    if not names:
        return None
    figures = []
    for name in names:
        series = {run.name: points(run.history, name, place) for run in runs}
        metric = MetricName.of(name.removeprefix(_VALIDATION))
        log = _log(series)
        title = f"{name} by {place}"
        unit = metric.unit + (" logarithmic" if log else "")
        chart = line_chart(
            series, title, place, unit, 360, 220, log=log, with_legend=False
        )
        figures.append(element("figure", element("h4", metric.name), chart))
    return element("div", figures, class_="charts")
