"""Going on with a run where its last checkpoint was written."""

import contextlib
import pathlib
import shutil

from keras_pix2pixhd.checkpoints import Position
from keras_pix2pixhd.checkpoints.checkpoint_file import read_header
from keras_pix2pixhd.generation import load_gan
from keras_pix2pixhd.runs.carry_out import (
    Run,
    carry_out,
    last_checkpoint,
    note_how_to_resume,
)
from keras_pix2pixhd.runs.check_settings import check_settings
from keras_pix2pixhd.runs.determinism import set_determinism
from keras_pix2pixhd.runs.end import check_end
from keras_pix2pixhd.runs.job import Job
from keras_pix2pixhd.runs.records.begun import check_goes_on, has_reached_end
from keras_pix2pixhd.runs.records.kept_settings import (
    changed_settings,
    settings_of_run,
)
from keras_pix2pixhd.runs.records.records_of_run import (
    SPLIT_FILE,
    check_same_pairs,
    read_metrics,
)
from keras_pix2pixhd.runs.records.run_folder import remove_leftovers
from keras_pix2pixhd.runs.records.run_lock import run_lock
from keras_pix2pixhd.runs.run_data import draw_toy_cars, open_split
from keras_pix2pixhd.runs.stages import stages
from keras_pix2pixhd.runs.stop_signal import StopSignal
from keras_pix2pixhd.runs.train import silent
from keras_pix2pixhd.runs.workers.devices import open_devices


def resume(folder, changes=None, log=print):
    """Goes on with a run, as if it had never ended.

    The training goes on from the newest checkpoint that is whole, in the
    middle of an epoch too; a run that ended before its first one begins anew
    in the same folder. What is trained is, on one kind of device and with
    `deterministic`, equal to the bit to that of a run without interruption.
    A run that has reached its end is left as it is, unless it gets a later
    one (`epochs`, `steps`).

    Args:
        folder: the run folder.
        changes: dict from setting to value. Only those that
            `RunConfig.resumable()` names may change; `config.json` keeps them.
        log: function that prints a line, default `print`.

    Returns:
        `Run`.

    Raises:
        ValueError: if the folder is no run or another process trains in it,
            a setting may not change, the data has other pairs or classes, or
            all checkpoints are damaged.
        SystemExit: with the code 143, at SIGTERM.
    """
    folder = pathlib.Path(folder)
    before = settings_of_run(folder)
    config, notes = changed_settings(before, changes or {})
    check_settings(config)
    said = finished(folder, changes)
    if said is not None:
        log(said)
        return Run(folder, load_gan(folder), read_metrics(folder))
    with (
        open_devices(config, log) as devices,
        StopSignal() as stop,
        run_lock(folder) if devices.chief else contextlib.nullcontext(),
    ):
        log = log if devices.chief else silent
        if devices.chief:
            remove_leftovers(folder)
        _check_new_end(folder, before, config)
        set_determinism(config)
        own = devices.folder(folder)
        own.mkdir(parents=True, exist_ok=True)
        parts = _data(config, folder, own, log, "data" in (changes or {}))
        log(f"run folder: {folder}, on {devices.in_words()}")
        if notes:
            log(f"changed: {'; '.join(notes)}")
        if last_checkpoint(folder, config)[1] is None:
            log("no checkpoint yet: it begins anew")
        try:
            job = Job(own, folder, parts, devices, stop, log)
            return carry_out(config, job)
        except BaseException as error:
            if stop.trained or not isinstance(error, Exception):
                note_how_to_resume(error, folder, config)
            raise


def finished(folder, changes=None):
    """Says that a run is at its end, if it is; nothing is loaded.

    Args:
        folder: the run folder.
        changes: as of `resume`.

    Returns:
        str, or `None` if something is left to do.

    Raises:
        ValueError: if the folder is no run, a setting may not change, or the
            run has trained and has no checkpoint to go on from.
    """
    folder = pathlib.Path(folder)
    before = settings_of_run(folder)
    config, _ = changed_settings(before, changes or {})
    left = not _same_end(before, config)
    left = left or "trained" not in read_metrics(folder)
    if left or not has_reached_end(folder, config):
        check_goes_on(folder, config)
        return None
    end = f"{config.epochs} epochs"
    if config.steps is not None:
        end = f"{config.steps} steps"
    return (
        f"{folder} has finished its {end}. To train it further, give it a "
        "later end: --epochs (or --steps)."
    )


def _same_end(before, config):
    return (before.epochs, before.steps) == (config.epochs, config.steps)


def _check_new_end(folder, before, config):
    """Refuses an end that is past, before the data is read."""
    stage, path = last_checkpoint(folder, config)
    if _same_end(before, config) or stage is None or stage.folder != ".":
        return
    try:
        position = Position(**read_header(path)["position"])
    except Exception:  # damaged: another is taken later, and checked
        return
    check_end(config, position)


def _data(config, folder, own, log, moved):
    """Opens the data, which must have the same pairs."""
    begun = [
        folder / stage.folder
        for stage in stages(config)
        if (folder / stage.folder / SPLIT_FILE).is_file()
    ]
    if config.data is None and not begun:
        shutil.rmtree(own / "toy_cars", ignore_errors=True)
        return draw_toy_cars(config, own / "toy_cars", log)
    data = folder / "toy_cars" if config.data is None else config.data
    if not pathlib.Path(data).is_dir():
        raise ValueError(
            "The data of the run must still be there. Received: "
            f'"{data}", which is no folder. Say where it is now with --data.'
        )
    if begun and not moved:  # all of it was checked then
        config = config.replace({"check_data": False})
    parts = open_split(config, data, log)
    for stage in begun:
        check_same_pairs(stage, parts)
    return parts
