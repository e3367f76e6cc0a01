"""The main job: train, show, evaluate, save and export."""

import json
import pathlib
import shutil
import typing

import keras

from keras_pix2pixhd.callbacks import (
    DivergenceGuard,
    EvaluateGenerator,
    LossHistory,
    SampleGrid,
    SaveModel,
    StopAtStep,
    take_samples,
)
from keras_pix2pixhd.generation import load_gan
from keras_pix2pixhd.metrics import evaluate_generator
from keras_pix2pixhd.runs.build import build_gan
from keras_pix2pixhd.runs.run_data import (
    batches,
    draw_toy_cars,
    evenly,
    open_split,
    steps_of_epoch,
)
from keras_pix2pixhd.runs.run_folder import new_run_folder, write_text
from keras_pix2pixhd.runs.stages import stages
from keras_pix2pixhd.runs.summary import metrics_line, next_steps


class Run(typing.NamedTuple):
    """What `train` returns.

    Attributes:
        folder: `pathlib.Path` of the run folder.
        gan: the trained `Pix2PixHDGAN`.
        metrics: dict, the content of `metrics.json`.
    """

    folder: pathlib.Path
    gan: keras.Model
    metrics: dict


def train(config, log=print):
    """Trains a generator and leaves a folder that says everything.

    The folder `OUTPUT/NNNN-PRESET` gets `config.json` (every setting),
    `split.json` (the pairs of both sides), `history.csv` (the mean of every
    loss, a row an epoch, and L1, PSNR and SSIM on a few held-out pairs),
    `samples/` (a grid an epoch: label colours, generated, real; always the
    same held-out pairs), `model.keras` (after every epoch), `metrics.json`
    (held-out L1, PSNR, SSIM and colour errors, of the untrained and the
    trained generator), and `saved_model/1` for TF Serving. A model that is
    grown (`coarse_epochs`) leaves the same of each coarser stage, but for the
    SavedModel, in a folder inside, such as `coarse-512x1024`.

    Args:
        config: `RunConfig`, for example `preset("toy")`.
        log: function that prints a line, default `print`.

    Returns:
        `Run`.

    Raises:
        ValueError: if the data, a setting or the output folder is not as it
            must be. A run that fails before its first step leaves nothing.
    """
    steps = stages(config)
    parts = gan = None
    if config.data is not None:
        parts = open_split(config, config.data, log)
        gan = _gan(steps[0].config, parts)
    folder = new_run_folder(config.output, config.preset)
    try:
        write_text(folder / "config.json", config.to_json())
        if parts is None:
            parts = draw_toy_cars(config, folder / "toy_cars", log)
            gan = _gan(steps[0].config, parts)
        log(f"run folder: {folder}, on {_devices()}")
        for place, stage in enumerate(steps):
            if place > 0:
                log(f"grown for images of {stage.config.image_size}")
                gan = _gan(stage.config, parts, coarse=gan)
            metrics = _train_stage(stage, gan, parts, folder)
    except BaseException:
        begun = gan is not None and int(gan.optimizer.iterations)
        if not begun and not any(folder.rglob("model.keras")):
            shutil.rmtree(folder, ignore_errors=True)
        raise
    if keras.backend.backend() == "tensorflow":
        gan.export(folder / "saved_model" / "1")
    log(metrics_line(metrics))
    log(next_steps(config, folder, parts.held_out))
    return Run(folder, gan, metrics)


def _train_stage(stage, gan, parts, folder):
    """Trains one stage in its folder; returns its metrics."""
    config, folder = stage.config, folder / stage.folder
    folder.mkdir(exist_ok=True)
    write_text(folder / "config.json", config.to_json())
    write_text(folder / "split.json", _sides(parts))
    metrics = _evaluated(config, gan, parts, "untrained")
    _fit(config, gan, parts, folder)
    metrics |= _evaluated(config, gan, parts, "trained")
    write_text(folder / "metrics.json", json.dumps(metrics, indent=2) + "\n")
    return metrics


def _sides(parts):
    """The pairs of both sides, as `split` reads them in a data folder."""
    names = {"train": parts.train.names, "held_out": parts.held_out.names}
    return json.dumps(names, indent=1) + "\n"


def _devices():
    devices = keras.distribution.list_devices()
    return f"{keras.backend.backend()}, {', '.join(devices)}"


def _gan(config, parts, coarse=None):
    if coarse is None and config.coarse_model is not None:
        coarse = load_gan(config.coarse_model)
    steps_per_epoch = steps_of_epoch(config, parts.train)
    table = parts.train.class_table
    return build_gan(config, table, steps_per_epoch, coarse)


def _fit(config, gan, parts, folder):
    steps_per_epoch = steps_of_epoch(config, parts.train)
    epochs = config.epochs
    callbacks = [
        SampleGrid(
            folder / "samples",
            take_samples(_held_out(config, parts, config.samples)),
            parts.held_out.class_table,
        ),
        *_evaluations(config, parts),
        LossHistory(folder / "history.csv"),
        DivergenceGuard(),
        SaveModel(folder / "model.keras"),
    ]
    if config.steps is not None:
        epochs = -(-config.steps // steps_per_epoch)
        callbacks.append(StopAtStep(config.steps))
    gan.fit(
        batches(config, parts.train, train=True),
        epochs=epochs,
        steps_per_epoch=steps_per_epoch,
        shuffle=False,  # the batches are shuffled already
        callbacks=callbacks,
    )


def _evaluations(config, parts):
    """What adds the numbers of a few held-out pairs to the history."""
    if not config.validation_every:
        return []
    dataset = _held_out(config, parts, config.validation_images)
    table = parts.held_out.class_table
    every = config.validation_every
    return [EvaluateGenerator(dataset, every, class_table=table)]


def _held_out(config, parts, count):
    return batches(config, evenly(parts.held_out, count))


def _evaluated(config, gan, parts, name):
    dataset = _held_out(config, parts, config.evaluation_images)
    table = parts.held_out.class_table
    return {name: evaluate_generator(gan, dataset, table)}
