"""What several runs must have in common to be compared."""

from keras_pix2pixhd.data.resizing import checked_size
from keras_pix2pixhd.evaluation.subjects.run_split import (
    draws_toys,
    recorded_folder,
)

_TOYS = ("toy_scenes", "image_size", "seed")  # what decides drawn data


def check_known(sources, data=None, image_size=None):
    """Refuses what only a run knows, where there is no run.

    Args:
        sources: list of `Source`s.
        data, image_size: of `evaluate`.

    Raises:
        ValueError: if data or size are neither given nor those of a run.
    """
    if any(source.config for source in sources):
        return
    given = {
        "data": (data, "its data", "--data DIR"),
        "image_size": (
            image_size,
            "the size of its images",
            "--image-size HEIGHT WIDTH",
        ),
    }
    missing = {k: words for k, (x, *words) in given.items() if x is None}
    if missing:
        facts, options = zip(*missing.values(), strict=True)
        raise ValueError(
            f"Only a run knows {' and '.join(facts)}. Received: "
            f"{sources[0].path or sources[0].name} without "
            f"{' and '.join(missing)}. Say {' '.join(options)}."
        )


def agreed_size(sources, image_size=None):
    """Returns the size to evaluate at, and how it is reached.

    Args:
        sources: list of `Source`s; without `image_size`, of a run at least.
        image_size: `(height, width)` that was asked for, or `None`.

    Returns:
        `(image_size, resize_mode, load_size)`: those of the runs; pairs are
        plainly resized to a size that was asked for.

    Raises:
        ValueError: if two runs tell differently.
    """
    if image_size is not None:
        return checked_size(image_size), "resize", None
    runs = [source for source in sources if source.config]
    first = size_of(runs[0])
    for other in runs[1:]:
        if size_of(other) != first:
            raise ValueError(
                "Runs must be compared at one size. Received: "
                f"{runs[0].name}, {worded_size(first)}, and {other.name}, "
                f"{worded_size(size_of(other))}. Say --image-size HEIGHT "
                "WIDTH, for all."
            )
    return first


def check_agreement(splits, side, data=None):
    """Refuses runs that would be evaluated on other pairs than the first.

    Args:
        splits: list of `RunSplit`s.
        side: the side to evaluate on.
        data: the folder that was asked for, which is the same for all, as
            then is the split, that of the first run; or `None`.

    Raises:
        ValueError: if folders, classes or pairs differ.
    """
    first = splits[0]
    for other in splits[1:]:
        names = f"{first.source.name} and {other.source.name}"
        if not _same_folder(first, other):
            raise ValueError(
                f"Runs must be compared on the same data. Received: {names}, "
                f'of "{first.folder}" and "{other.folder}". Say which with '
                "--data DIR, for all."
            )
        tables = [s.parts.train.class_table for s in (first, other)]
        if tables[0] != tables[1]:
            raise ValueError(
                f"Runs must be compared with the same classes. Received: "
                f"{names}, with {' and '.join(map(_classes, tables))}. Say "
                "which with --layout or --classes, for all."
            )
        if data is None and first.names(side) != other.names(side):
            raise ValueError(
                f"Runs must be compared on the same pairs. Received: {names}, "
                f"of which {len(first.names(side) ^ other.names(side))} pairs "
                f"are on the {side} side of one only. Say --data "
                f"{first.folder} to take the split of {first.source.name} for "
                "all; pairs that the others trained on are then counted. Or "
                "say --side all."
            )


def is_own(split):
    """Whether a run is evaluated on the data that it was trained on.

    So it seems where its own is no longer there: then it has moved.
    """
    own = recorded_folder(split.source)
    return not own.is_dir() or _resolved(own) == _resolved(split.folder)


def _same_folder(first, other):
    if first.folder == other.folder:
        return True
    if not all(draws_toys(split.source) for split in (first, other)):
        return _resolved(first.folder) == _resolved(other.folder)
    configs = [split.source.config for split in (first, other)]
    drawn = [[getattr(config, name) for name in _TOYS] for config in configs]
    return drawn[0] == drawn[1]


def _resolved(folder):
    return folder.resolve() if hasattr(folder, "resolve") else folder


def size_of(source):
    """Returns the size that a run was trained at, as of `agreed_size`."""
    config = source.config
    return config.image_size, config.resize_mode, config.load_size


def worded_size(size):
    """Returns such a size in words."""
    (height, width), mode, load_size = size
    text = f"{height} {width}"
    if mode != "resize":
        text += f" by {mode}"
    if load_size is not None:
        text += f" from {load_size[0]} {load_size[1]}"
    return text


def _classes(table):
    return "no classes" if table is None else f"{len(table)} classes"
