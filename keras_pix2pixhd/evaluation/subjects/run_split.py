"""How the pairs of a run are split, as its configuration says."""

import typing

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.data import Split, read_pairs
from keras_pix2pixhd.data.files.file_system import as_path
from keras_pix2pixhd.data.records.read_records import has_records
from keras_pix2pixhd.evaluation.subjects.recorded_split import recorded_choice
from keras_pix2pixhd.evaluation.subjects.sources import Source
from keras_pix2pixhd.runs.run_data import open_split

# Instances are made by what paints, and every file is read anyway.
_AS_STORED = {
    "check_data": False,
    "use_instance_edges": False,
    "features": "none",
}


class RunSplit(typing.NamedTuple):
    """The two sides of the data of a run.

    Attributes:
        source: `Source`, the run, or what has no configuration.
        folder: the data folder.
        layout: str, the name of its layout; `None` for records.
        parts: `Split`.
    """

    source: Source
    folder: object
    layout: str | None
    parts: Split

    def pairs(self, side):
        """Returns the pairs of a side, a tuple; of both for `"all"`."""
        train, held_out = self.parts.train, self.parts.held_out
        sides = {"train": (train,), "held_out": (held_out,)}
        return sides.get(side, (train, held_out))

    def names(self, side):
        """Returns the names of a side, a set."""
        return {name for part in self.pairs(side) for name in part.names}


def split_of(source, data=None, layout=None, classes=None, log=print):
    """Opens the data of a run and splits it as the run did.

    Args:
        source: `Source`. Without a configuration, the split is that of the
            defaults.
        data: the data folder, if not that of the run.
        layout, classes: what to read it as, if not as the run did.
        log: function that prints a line.

    Returns:
        `RunSplit`.

    Raises:
        ValueError: if the data is not there or not as it must be.
    """
    config = source.config or RunConfig()
    folder = recorded_folder(source) if data is None else as_path(data)
    if not folder.is_dir():
        whose = f", the data of {source.name}" if data is None else ""
        raise ValueError(
            f'The data must be an existing folder. Received: "{folder}"'
            f"{whose}. Say where it is with --data."
        )
    in_records = has_records(folder)
    if data is not None and in_records:
        config = config.replace({"layout": None, "classes": None})
    given = {"layout": layout, "classes": classes}
    given = {name: value for name, value in given.items() if value is not None}
    config = config.replace(_AS_STORED | given)
    # without data, a configuration does not have its layout printed
    choose = recorded_choice(source, own=data is None)
    parts = open_split(config.replace({"data": None}), folder, log, choose)
    if not in_records:
        layout = read_pairs(
            folder, config.layout, classes=config.classes
        ).layout
    return RunSplit(source, folder, layout, parts)


def draws_toys(source):
    """Whether a run drew its data itself."""
    return source.config is not None and source.config.data is None


def recorded_folder(source):
    """Returns the folder that the data of a run was in.

    Raises:
        ValueError: if it is no run.
    """
    if source.config is None:
        raise ValueError(
            f"Only a run knows its data. Received: {source.path or source.name}"
            " without data. Say --data DIR."
        )
    if not draws_toys(source):
        return as_path(source.config.data)
    inside = source.path / "toy_cars"
    above = source.path.resolve().parent / "toy_cars"  # of a coarse stage
    return above if above.is_dir() and not inside.is_dir() else inside
