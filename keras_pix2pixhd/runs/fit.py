"""The training of a stage, from where it is to its end."""

import json
import math
import sys

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
from keras_pix2pixhd.config_checks import check_accumulation
from keras_pix2pixhd.runs.end import check_end
from keras_pix2pixhd.runs.epoch_line import EpochLine
from keras_pix2pixhd.runs.first_step import FirstStep
from keras_pix2pixhd.runs.parted_training import PartedTraining
from keras_pix2pixhd.runs.run_data import batches, evenly, steps_of_epoch
from keras_pix2pixhd.runs.segments import segments, steps_left
from keras_pix2pixhd.runs.validation import Validation


class Fit:
    """What is left to train of a stage.

    Args:
        config: `RunConfig` of the stage.
        gan: compiled `Pix2PixHDGAN`, restored from `last`.
        job: `Job`.
        folder: folder of the stage.
        last: `Checkpoint` to go on from, or `None` to begin.

    Attributes:
        segments: list of `Segment`; empty, if nothing is left to train.
        epochs: int, how many there will be, also one cut short.
        steps: int, how many there will be.

    Raises:
        ValueError: if a setting of validation or of the end does not fit.
    """

    def __init__(self, config, gan, job, folder, last):
        self.config, self.gan, self.parts = config, gan, job.parts
        self.folder, self.stop, self.devices = folder, job.stop, job.devices
        self.log = job.log
        self.position = last.position if last else Position(0, 0, 0)
        steps = steps_of_epoch(config, self.parts.train)
        if not _ended(config, last):
            check_end(config, self.position)
        self.steps = self.position.step
        self.steps += steps_left(config, steps, self.position)
        check_accumulation(config, self.steps)
        self.segments = segments(config, steps, self.position)
        self.epochs = _epochs(config, steps, self.segments)
        logs = last.extra.get("logs") if last else None
        self.validation = Validation(
            config, gan, self.parts.held_out, self.epochs, logs
        )
        self.checkpoint = TrainingCheckpoint(
            folder / "checkpoints",
            config.checkpoint_every,
            config.keep_checkpoints,
            self.validation.monitor(),
            best_file=folder / "best.keras",
            resume=last,
            steps_per_epoch=steps,
            settings=json.loads(config.to_json()),
        )
        self.stop.save = self.checkpoint.save
        self.stop.agree = self.devices.any

    def done(self):
        """Returns in words how far the training is."""
        epoch, _, step = self.position
        return (
            f"{epoch} of {self.epochs} epochs, {step} of {self.steps} steps "
            "done"
        )

    def run(self, begun):
        """Trains.

        Args:
            begun: function of no arguments, called after the first step and
                before anything of it is written.

        Raises:
            ValueError: if the training has diverged, the data set ends early,
                or a file cannot be written.
            SystemExit: with the code 143, at SIGTERM.
        """
        if self.devices.shard:  # all workers alike, before each has its part
            self.gan.calibrate(batches(self.config, self.parts.train, True))
        bars = sys.stdout.isatty() and self.devices.chief
        training = PartedTraining(
            [FirstStep(begun), *self._callbacks(bars)], self.gan, bars
        )
        training.begin()
        with self.stop.deferred(), training.own_line():
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

    def _callbacks(self, bars):
        config, folder = self.config, self.folder
        lines = [] if bars else [self._epoch_line()]
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
            LossHistory(folder / "history.csv", start=self._begun()),
            DivergenceGuard(config.max_skipped_steps),
            SaveModel(folder / "model.keras"),
            self.checkpoint,
            *lines,
            self.stop,
        ]

    def _begun(self):
        """Where the history goes on; that of other workers is thrown away."""
        return self.position if self.devices.chief else None

    def _epoch_line(self):
        monitor = self.validation.monitor()
        return EpochLine(self.log, self.checkpoint, monitor)

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


def _ended(config, last):
    """Whether a training of so many steps wrote this checkpoint as its last.

    Its end is then where it stands, in the middle of an epoch too.
    """
    if last is None or config.steps is None:
        return False
    planned = last.extra.get("settings", {}).get("steps")
    return planned == config.steps == last.position.step


def _epochs(config, steps_per_epoch, planned):
    if planned:
        return planned[-1].epochs
    if config.steps is None:
        return config.epochs
    return math.ceil(config.steps / steps_per_epoch)
