"""The checkpoints in a folder."""

import pathlib
import re

from keras_pix2pixhd.argument_checks import checked_count, checked_path

_NAME = re.compile(r"step-(\d{8,})\.npz")


def checkpoint_path(folder, step):
    """Returns the path of a checkpoint in its folder."""
    return pathlib.Path(folder) / f"step-{step:08d}.npz"


def step_of(path):
    """Returns the step in the name of a checkpoint; `None` for others."""
    match = _NAME.fullmatch(path.name)
    return int(match[1]) if match else None


def list_checkpoints(folder):
    """Returns the paths of the checkpoints in a folder, the oldest first.

    They are not opened. A folder that does not exist has none.
    """
    folder = checked_path("folder", folder)
    if not folder.is_dir():
        return []
    paths = [path for path in folder.iterdir() if step_of(path) is not None]
    return sorted(paths, key=step_of)


def prune_checkpoints(folder, keep, also=(), newest=None):
    """Deletes the oldest checkpoints of a folder, and halves of some.

    Args:
        folder: where they are. No other process may write there.
        keep: int, at least 1. How many of the newest stay.
        also: steps of others that stay.
        newest: int or `None` (default). The step that a training is at:
            checkpoints of later ones are of what it did not go on with.

    Raises:
        ValueError: if `folder` is no path, or `keep` is below 1.
    """
    checked_count("keep", keep)
    paths = list_checkpoints(folder)
    late = [p for p in paths if newest is not None and step_of(p) > newest]
    old = [p for p in paths if p not in late][:-keep]
    for path in [*late, *(p for p in old if step_of(p) not in also)]:
        path.unlink(missing_ok=True)
    # what a process that was killed had begun to write
    for path in pathlib.Path(folder).glob(".*.part"):
        path.unlink(missing_ok=True)
