"""The main job: train, show, evaluate, save and export."""

import shutil

from keras_pix2pixhd.runs.carry_out import (
    carry_out,
    gan_of_stage,
    note_how_to_resume,
)
from keras_pix2pixhd.runs.check_settings import check_settings
from keras_pix2pixhd.runs.determinism import set_determinism
from keras_pix2pixhd.runs.job import Job
from keras_pix2pixhd.runs.later_signals import later_signals
from keras_pix2pixhd.runs.records.run_folder import new_run_folder, write_text
from keras_pix2pixhd.runs.records.run_lock import run_lock
from keras_pix2pixhd.runs.run_data import draw_toy_cars, open_split
from keras_pix2pixhd.runs.stages import stages
from keras_pix2pixhd.runs.stop_signal import StopSignal
from keras_pix2pixhd.runs.workers.devices import open_devices


def train(config, log=print):
    """Trains a generator and leaves a folder that says everything.

    The folder `OUTPUT/NNNN-PRESET` gets `config.json` (every setting),
    `split.json` (the pairs of both sides), `history.csv` (the mean of every
    loss, a row an epoch, and the losses and metrics of a few held-out pairs),
    `samples/` (a grid an epoch: label colours, generated, real; always the
    same held-out pairs), `checkpoints/` (what `resume` goes on from),
    `model.keras` (after every epoch), `best.keras` (after the epoch that was
    best by `best_metric`), `metrics.json` (held-out L1, PSNR, SSIM and colour
    errors, of the untrained and the trained generator), and `saved_model/1`
    for TF Serving. A model that is grown (`coarse_epochs`) leaves the same of
    each coarser stage, but for the SavedModel, in a folder inside, such as
    `coarse-512x1024`.

    A run that ends before its last step, by an error, an interruption or
    SIGTERM (which writes a checkpoint first), goes on with `resume`.

    Args:
        config: `RunConfig`, for example `preset("toy")`.
        log: function that prints a line, default `print`.

    Returns:
        `Run`.

    Raises:
        ValueError: if the data, a setting or the output folder is not as it
            must be. A run that fails before its first step leaves nothing.
        SystemExit: with the code 143, at SIGTERM.
    """
    check_settings(config)
    first = stages(config)[0]
    with open_devices(config, log) as devices, StopSignal() as stop:
        set_determinism(config)
        log = log if devices.chief else silent
        parts = gan = None
        if config.data is not None:
            parts = open_split(config, config.data, log)
            job = Job(None, None, parts, devices, stop, log)
            gan = gan_of_stage(first, job)
        folder = None
        try:
            with later_signals():
                folder = _new_folder(config, devices)
            with run_lock(folder):
                write_text(folder / "config.json", config.to_json())
                if parts is None:
                    parts = draw_toy_cars(config, folder / "toy_cars", log)
                log(f"run folder: {folder}, on {devices.in_words()}")
                job = Job(folder, folder, parts, devices, stop, log)
                return carry_out(config, job, gan)
        except BaseException as error:
            with later_signals():
                _end(error, config, folder, stop, devices)
            raise


def _end(error, config, folder, stop, devices):
    """Removes what has not begun; says how the rest goes on."""
    if stop.trained and devices.chief:
        note_how_to_resume(error, folder, config)
    elif folder is not None and not stop.trained:
        shutil.rmtree(folder, ignore_errors=True)


def _new_folder(config, devices):
    if devices.chief:
        return new_run_folder(config.output, config.preset)
    folder = devices.folder(config.preset)
    folder.mkdir(parents=True)
    return folder


def silent(line):
    """The words of a worker are those of the chief."""
