"""The history of a run that is to be drawn."""

import pathlib
import typing

from keras_pix2pixhd.config import read_settings
from keras_pix2pixhd.curves.history import HISTORY_FILE, read_history


class RunCurves(typing.NamedTuple):
    """A run by its curves.

    Attributes:
        name: str, the name of its folder.
        folder: `pathlib.Path`.
        history: list of dicts from column to number, one an epoch.
        settings: dict, those of its `config.json`; empty where there is none
            that can be read.
    """

    name: str
    folder: pathlib.Path
    history: list
    settings: dict


def open_curves(run):
    """Reads the curves of a run, which may still go on.

    Args:
        run: path of a run folder, or of its `history.csv`.

    Returns:
        `RunCurves`.

    Raises:
        ValueError: if there is no such file, or no number in it.
    """
    path = pathlib.Path(run)
    folder = path.parent if path.name == HISTORY_FILE else path
    if not (folder / HISTORY_FILE).is_file():
        raise ValueError(_no_run(path))
    history = read_history(folder)
    if not history:
        raise ValueError(
            f"{HISTORY_FILE} must hold a row of numbers for each epoch. "
            f'Received: "{folder / HISTORY_FILE}", which has none.'
        )
    settings = _settings(folder / "config.json")
    return RunCurves(folder.resolve().name, folder, history, settings)


def _settings(path):
    try:
        return read_settings(path)
    except ValueError:  # curves are drawn without them
        return {}


def _no_run(path):
    begins = f'A run to plot must be a folder with {HISTORY_FILE}. Received: "'
    if not path.exists():
        return f'{begins}{path}", which does not exist.'
    if not path.is_dir():
        return f'{begins}{path}", which is another file.'
    inside = sorted(file.parent for file in path.glob(f"*/{HISTORY_FILE}"))
    if inside:
        return f'{begins}{path}". Did you mean "{inside[-1]}"?'
    if (path / "config.json").is_file():
        return (
            f'{begins}{path}", where no epoch has ended yet. Wait for the '
            "first one."
        )
    return f'{begins}{path}", which has none.'
