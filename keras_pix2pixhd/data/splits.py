"""Which pairs train and which are held out, cars kept whole."""

import json
import re
import typing

from keras_pix2pixhd.data.files.file_system import as_path
from keras_pix2pixhd.data.pairs import Pairs

_CAR_AND_VIEW = re.compile(r".+_\d\d")


class Split(typing.NamedTuple):
    """What `split` returns.

    Attributes:
        train: `Pairs` to train on.
        held_out: `Pairs` to evaluate on.
        note: A sentence for the user: how many, and chosen how.
    """

    train: Pairs
    held_out: Pairs
    note: str


def car_of(name):
    """Returns the car of a view: the name up to its last underscore.

    >>> car_of("0cdf5b5d0ce1_03")
    '0cdf5b5d0ce1'
    """
    return name.rpartition("_")[0] or name


def split(pairs, folder, train_fraction=0.925, seed=0, subset=None):
    """Splits the pairs of a data set folder into train and held out.

    A file `split.json` in the folder decides, if there is one: an object
    whose lists `"train"` and `"held_out"` name each pair, or its car, once.
    Else a data set's own split does: pairs called `train/...` train, pairs
    called `val/...` or `test/...` are held out. Otherwise, or where one side
    is missing, the split is random, and all views of a car, pairs named
    `CAR_VV` with a two-digit view, go to the same side.

    Args:
        pairs: All `Pairs` of the folder.
        folder: The folder of the data set.
        train_fraction: Share of the pairs to train on, in (0, 1), where the
            split is random. Defaults to `0.925`.
        seed: Int >= 0 for the random split and subset. Defaults to `0`.
        subset: How many pairs, picked at random, to split. Defaults to
            `None`: all.

    Returns:
        `Split`, a named tuple (train, held_out, note).

    Raises:
        ValueError: If `split.json` does not fit the pairs, or there are fewer
            than two pairs.
    """
    path = as_path(folder) / "split.json"
    few = subset is not None and subset < len(pairs)
    part = f"{subset} of {len(pairs)} pairs, " if few else ""
    sides, how = _official_sides(pairs.names), "the data set's own split"
    if path.is_file():
        sides, how = _sides_of_file(path, pairs.names), path.name
    if sides:
        train, held_out = (pairs.select(names) for names in sides)
        if few:
            count = _share_of_held_out(subset, len(held_out) / len(pairs))
            train = train.subset(subset - count, seed)
            held_out = held_out.subset(count, seed)
        return Split(train, held_out, _note(train, held_out, part + how))
    if subset is not None:
        pairs = pairs.subset(subset, seed)
    groups = _group_of
    how = f"{part}chosen at random, seed {seed}"
    if len({_group_of(name) for name in pairs.names}) < 2:
        groups = None
        how += "; fewer than two cars, so both sides have views of the same car"
    train, held_out = pairs.partition(train_fraction, seed, groups)
    return Split(train, held_out, _note(train, held_out, how))


def split_as(pairs, train, held_out, how):
    """Returns the `Split` into two lists of names."""
    train, held_out = pairs.select(train), pairs.select(held_out)
    return Split(train, held_out, _note(train, held_out, how))


def _official_sides(names):
    """Returns the names of both sides, or `None` if one is missing."""
    train = [name for name in names if name.startswith("train/")]
    held_out = [name for name in names if name.startswith(("val/", "test/"))]
    if train and held_out and len(train) + len(held_out) == len(names):
        return train, held_out
    return None


def _group_of(name):
    return car_of(name) if _CAR_AND_VIEW.fullmatch(name) else name


def _share_of_held_out(subset, share):
    """How many pairs of a subset are held out, one on each side at least."""
    if subset < 2:
        raise ValueError(
            "`subset` must be at least 2, a pair for each side. "
            f"Received: subset={subset}"
        )
    return min(max(round(subset * share), 1), subset - 1)


def _sides_of_file(path, names):
    """Returns the names of both sides, (train, held_out)."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        entries = {side: set(content[side]) for side in ("train", "held_out")}
    except (KeyError, OSError, RecursionError, TypeError, ValueError) as error:
        raise ValueError(
            f'"{path}" must be a JSON object with the lists "train" and '
            f'"held_out". Received: {type(error).__name__}: {error}'
        ) from error
    sides = {
        side: [n for n in names if n in listed or _group_of(n) in listed]
        for side, listed in entries.items()
    }
    known = set(names) | {_group_of(name) for name in names}
    strange = sorted(str(e) for e in set.union(*entries.values()) - known)
    both = sorted(set(sides["train"]) & set(sides["held_out"]))
    neither = sorted(set(names) - set(sides["train"]) - set(sides["held_out"]))
    empty = [side for side, listed in sides.items() if not listed]
    for what, found in (
        ("entries that match no pair", strange),
        ("pairs on both sides", both),
        ("pairs on neither side", neither),
        ("sides without pairs", empty),
    ):
        if found:
            raise ValueError(
                f'"{path}" must put each pair on one side, and some on each. '
                f"Received: {len(found)} {what}: {', '.join(found[:5])}. "
                "Edit the file, or remove it for a random split."
            )
    return sides["train"], sides["held_out"]


def _note(train, held_out, how):
    sides = f"{_count(train, 'training')}, {_count(held_out, 'held-out')}"
    return f"{sides} ({how})"


def _count(pairs, side):
    text = f"{len(pairs)} {side} pair{'s' * (len(pairs) != 1)}"
    if all(_CAR_AND_VIEW.fullmatch(name) for name in pairs.names):
        cars = len({car_of(name) for name in pairs.names})
        text += f" of {cars} car{'s' * (cars != 1)}"
    return text
