"""What new and resumed runs do alike: the stages, one after the other."""

import pathlib
import shlex
import typing

import keras

from keras_pix2pixhd.checkpoints import list_checkpoints
from keras_pix2pixhd.checkpoints.folder import step_of
from keras_pix2pixhd.generation import load_gan
from keras_pix2pixhd.runs.building.build import build_gan
from keras_pix2pixhd.runs.building.initial_weights import begin_with
from keras_pix2pixhd.runs.final_export import export_to_run
from keras_pix2pixhd.runs.records.records_of_run import (
    read_metrics,
    write_metrics,
)
from keras_pix2pixhd.runs.records.run_folder import write_text
from keras_pix2pixhd.runs.run_data import steps_of_epoch
from keras_pix2pixhd.runs.stages import stages
from keras_pix2pixhd.runs.summary import metrics_line, next_steps
from keras_pix2pixhd.runs.train_stage import train_stage


class Run(typing.NamedTuple):
    """What `train` and `resume` return.

    Attributes:
        folder: `pathlib.Path` of the run folder.
        gan: the trained `Pix2PixHDGAN`.
        metrics: dict, the content of `metrics.json`.
    """

    folder: pathlib.Path
    gan: keras.Model
    metrics: dict


def carry_out(config, job, gan=None):
    """Does what is left of a run.

    Args:
        config: `RunConfig`.
        job: `Job`.
        gan: model of the first stage, not trained, if it was made before.

    Returns:
        `Run`.
    """
    *before, last = stages(config)
    folder, coarse = job.folder, None

    def begin():
        write_text(folder / "config.json", config.to_json())

    for stage in before:
        done = job.source / stage.folder
        if "trained" in read_metrics(done):
            coarse = done  # a model to load, where one grows from it
            continue
        gan = gan or gan_of_stage(stage, job, coarse)
        metrics = train_stage(stage.config, gan, job, stage.folder, begin)
        write_metrics(folder / stage.folder, metrics)
        coarse, gan = gan, None
    gan = gan or gan_of_stage(last, job, coarse)
    metrics = train_stage(last.config, gan, job, last.folder, begin)
    try:
        if keras.backend.backend() == "tensorflow" and job.devices.chief:
            alone = job.devices.strategy is None
            export_to_run(gan if alone else load_gan(folder), folder)
        write_metrics(folder, metrics)  # the last: what has it has all
    except Exception as error:
        note_how_to_resume(error, folder, config)
        raise
    job.log(metrics_line(metrics))
    job.log(next_steps(config, folder, job.parts.held_out))
    return Run(folder, gan, metrics)


def gan_of_stage(stage, job, coarse=None):
    """Makes the model of a stage.

    Where the stage has a checkpoint, the weights are those of any new model:
    they are restored later.

    Args:
        stage: `Stage`.
        job: `Job`; its source may be `None`, of a run without a folder yet.
        coarse: the model to grow from, its run folder, or `None`.

    Returns:
        Compiled `Pix2PixHDGAN`.
    """
    config, train = stage.config, job.parts.train
    arguments = config, train.class_table, steps_of_epoch(config, train)
    with job.devices.scope():
        if job.source and list_checkpoints(
            job.source / stage.folder / "checkpoints"
        ):
            return build_gan(*arguments)
        if coarse is None:
            coarse = config.coarse_model
        else:
            job.log(f"grown for images of {config.image_size}")
        if isinstance(coarse, (str, pathlib.Path)):
            coarse = load_gan(coarse)
        gan = build_gan(*arguments, coarse)
        if config.init_from is not None:
            job.log(begin_with(gan, config.init_from))
    return gan


def note_how_to_resume(error, folder, config):
    """Notes how to go on with a run that an error has ended, and where.

    Once: an error that has a note is left as it is.
    """
    if getattr(error, "__notes__", ()):
        return
    command = shlex.join(["pix2pixhd", "train", "--resume", str(folder)])
    stage, last = last_checkpoint(folder, config)
    where = "its beginning"
    if last is not None:
        where = f"the checkpoint of step {step_of(last)}"
        if stage.folder != ".":
            where += f" in {stage.folder}"
    error.add_note(f"Resume from {where} with: {command}")


def last_checkpoint(folder, config):
    """Finds where a run will go on, without a look into the file.

    Returns:
        `(Stage, path)` of its newest checkpoint, or `(None, None)`.
    """
    for stage in reversed(stages(config)):
        paths = list_checkpoints(folder / stage.folder / "checkpoints")
        if paths:
            return stage, paths[-1]
    return None, None
