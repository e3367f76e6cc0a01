"""How far a run has come, by what lies in its folder."""

import csv

from keras_pix2pixhd.checkpoints import Position, list_checkpoints
from keras_pix2pixhd.checkpoints.checkpoint_file import peek_header
from keras_pix2pixhd.runs.records.kept_settings import check_settings_kept
from keras_pix2pixhd.runs.records.records_of_run import SPLIT_FILE, read_metrics
from keras_pix2pixhd.runs.stages import stages


def check_goes_on(folder, config):
    """Refuses a run that has trained and cannot go on from there.

    A run without an epoch that ended has nothing to lose, and may begin anew.

    Args:
        folder: `pathlib.Path` of the run folder.
        config: `RunConfig`.

    Raises:
        ValueError: if a stage has trained and has no checkpoint, one of other
            settings, or no record of its pairs; or there is a file where a
            folder must be.
    """
    *before, last = stages(config)
    for stage in [*before, last]:
        place = folder / stage.folder
        for name in ("samples", "checkpoints"):
            _check_folder(place / name)
        metrics = read_metrics(place)
        done = "trained" in metrics and (place / "model.keras").is_file()
        if stage is not last and done:
            continue  # only its model is needed
        header = _newest_header(place)
        if header is not None:
            settings = header.get("extra", {}).get("settings")
            check_settings_kept(stage.config, settings)
            _check_record(folder, place / SPLIT_FILE)
            continue
        found = _trained(place, metrics)
        if found:
            raise ValueError(
                "A run that has trained goes on from its checkpoints. "
                f'Received: "{place}" with {found}, and without a checkpoint. '
                f"{_anew(folder)}"
            )


def has_reached_end(folder, config):
    """Whether the newest checkpoint of a run is at its end.

    Args:
        folder: `pathlib.Path` of the run folder.
        config: `RunConfig`.

    Returns:
        bool; false without a checkpoint, true if the newest one is damaged.
    """
    paths = list_checkpoints(folder / "checkpoints")
    if not paths:
        return False
    header = _header(paths[-1])
    if not header:
        return True
    epoch, _, step = Position(**header["position"])
    if config.steps is not None:
        return step >= config.steps
    return epoch >= config.epochs


def _newest_header(place):
    """That of the newest checkpoint with one, or `None` without any."""
    paths = list_checkpoints(place / "checkpoints")
    headers = [_header(path) for path in reversed(paths)]
    return next(filter(None, headers), {}) if paths else None


def _header(path):
    """The header of a checkpoint; an empty one, if it is damaged."""
    try:
        header = peek_header(path)
        Position(**header["position"])
    except Exception:  # damage has many faces
        return {}
    return header


def _check_folder(path):
    if path.exists() and not path.is_dir():
        raise ValueError(
            f'"{path}" must be a folder. Received: a file. Move it away.'
        )


def _check_record(folder, path):
    if not path.is_file():
        raise ValueError(
            "A run that goes on must have the record of its pairs. Received: "
            f'no "{path}". Put it back from a copy. {_anew(folder)}'
        )


def _anew(folder):
    return f"A new run can begin with its weights: --init-from {folder}"


def _trained(place, metrics):
    """Names what only a stage that has trained for an epoch has, or ""."""
    if (place / "model.keras").exists():
        return "model.keras"
    if "trained" in metrics:
        return "the metrics of its trained model"
    return "rows in history.csv" if _has_rows(place / "history.csv") else ""


def _has_rows(path):
    try:
        with path.open(newline="", encoding="utf-8") as file:
            return len([*csv.reader(file)]) > 1
    except FileNotFoundError:
        return False
    except (OSError, ValueError, csv.Error):
        return True  # whatever it was, it is not for this run to replace
