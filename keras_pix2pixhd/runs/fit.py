"""The training of a stage, from where it is to its end."""

import json
import math

from keras_pix2pixhd.callbacks import (
    DivergenceGuard,
    LossHistory,
    SampleGrid,
    SaveModel,
    StepReport,
    TensorBoardLog,
    TrainingCheckpoint,
    WandbLog,
    WholeEpochs,
    take_samples,
)
from keras_pix2pixhd.checkpoints import Position
from keras_pix2pixhd.runs.parted_training import PartedTraining
from keras_pix2pixhd.runs.run_data import batches, evenly, steps_of_epoch
from keras_pix2pixhd.runs.segments import segments, steps_left
from keras_pix2pixhd.runs.validation import Validation


class Fit:
    """What is left to train of a stage.

    Args:
        config: `RunConfig` of the stage.
        gan: compiled `Pix2PixHDGAN`, restored from `last`.
        parts: `Split`.
        folder: folder of the stage.
        last: `Checkpoint` to go on from, or `None` to begin.
        stop: `StopSignal`.
        devices: `Devices`.

    Attributes:
        segments: list of `Segment`; empty, if nothing is left to train.

    Raises:
        ValueError: if a setting of validation or of the end does not fit.
    """

    def __init__(self, config, gan, parts, folder, last, stop, devices):
        self.config, self.gan, self.parts = config, gan, parts
        self.folder, self.last, self.stop = folder, last, stop
        self.position = last.position if last else Position(0, 0, 0)
        steps = steps_of_epoch(config, parts.train)
        _check_end(config, steps, self.position)
        self.segments = segments(config, steps, self.position)
        self.epochs = _epochs(config, steps, self.segments)
        logs = last.extra.get("logs") if last else None
        self.validation = Validation(
            config, gan, parts.held_out, self.epochs, logs
        )
        self.checkpoint = TrainingCheckpoint(
            folder / "checkpoints",
            config.checkpoint_every,
            config.keep_checkpoints,
            self.validation.monitor(),
            best_file=folder / "best.keras",
            resume=last,
        )
        self.devices = devices
        stop.save, stop.agree = self.checkpoint.save, devices.any

    def run(self):
        """Trains.

        Raises:
            ValueError: if the training has diverged, the data set ends early,
                or a file cannot be written.
            SystemExit: with the code 143, at SIGTERM.
        """
        if self.devices.shard:  # all workers alike, before each has its part
            self.gan.calibrate(batches(self.config, self.parts.train, True))
        training = PartedTraining(self._callbacks(), self.gan)
        training.begin()
        with self.stop.deferred():
            for segment in self.segments:
                training.fit(
                    batches(
                        self.config,
                        self.parts.train,
                        train=True,
                        start=segment.start,
                        shard=self.devices.shard,
                    ),
                    segment,
                    self.epochs,
                    **self.validation.arguments,
                )
        training.end()

    def _callbacks(self):
        config, folder = self.config, self.folder
        return [
            WholeEpochs(),
            SampleGrid(
                folder / "samples",
                take_samples(self._held_out(config.samples)),
                self.parts.held_out.class_table,
                resumed=self.position.step > 0,
            ),
            *self.validation.callbacks,
            StepReport(),
            *self._logs(),
            LossHistory(folder / "history.csv", start=self.position),
            DivergenceGuard(config.max_skipped_steps),
            SaveModel(folder / "model.keras"),
            self.checkpoint,
            self.stop,
        ]

    def _logs(self):
        """Logs elsewhere: of several processes, only the chief has some."""
        config, logs = self.config, []
        where = {
            "start": self.position.step,
            "samples": self.folder / "samples",
        }
        if config.tensorboard and self.devices.chief:
            logs.append(TensorBoardLog(self.folder / "tensorboard", **where))
        if config.wandb is not None and self.devices.chief:
            settings = json.loads(config.to_json())
            logs.append(WandbLog(config.wandb, self.folder, settings, **where))
        return logs

    def _held_out(self, count):
        return batches(self.config, evenly(self.parts.held_out, count))


def _epochs(config, steps_per_epoch, planned):
    if planned:
        return planned[-1].epochs
    if config.steps is None:
        return config.epochs
    return math.ceil(config.steps / steps_per_epoch)


def _check_end(config, steps_per_epoch, position):
    """Refuses an end that the training is past."""
    left = steps_left(config, steps_per_epoch, position)
    if left < 0 or left == 0 and position.step_in_epoch:
        name = "epochs" if config.steps is None else "steps"
        raise ValueError(
            f"A run must end after what it has trained on. Received: {name}="
            f"{getattr(config, name)} for a run after {position.step} steps, "
            f"{position.epoch} epochs and {position.step_in_epoch} steps. Set "
            f"more {name}."
        )
