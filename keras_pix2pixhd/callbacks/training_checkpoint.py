"""Checkpoints while a model is trained."""

import math
import pathlib
import warnings

import keras

from keras_pix2pixhd.callbacks.save_model import SaveModel
from keras_pix2pixhd.checkpoints import (
    Position,
    list_checkpoints,
    prune_checkpoints,
    save_checkpoint,
)
from keras_pix2pixhd.checkpoints.gan_state import running_values
from keras_pix2pixhd.metrics.directions import direction


class TrainingCheckpoint(keras.callbacks.Callback):
    """Writes checkpoints that a training can go on from, to the bit.

    One is written at the end of every epoch, and of every `every` batches.
    The last few are kept, and that of the best epoch. It must be the last of
    the callbacks: what those before it write and log belongs to the epoch.

    Args:
        folder: where to; made if need be. It must have no checkpoints, unless
            the training is resumed from them.
        every: int, at least 1, or `None` (default: at the end of epochs
            only). Batches, counted over all epochs. Of batches that are
            executed together, the last counts.
        keep: int, at least 1, default 2. How many of the last are kept.
        monitor: str or `None` (default). The number in the logs that the best
            epoch is best in, such as `"val_l1"`.
        mode: `"min"`, `"max"` or `None` (default: which of both is known for
            the losses and metrics of this package).
        best_file: path that ends in `.keras`, or `None` (default). It gets
            the whole model of the best epoch.
        resume: what `restore_checkpoint` returned, or `None` (default). The
            training then goes on from its position; in the middle of an
            epoch, `fit` is given the steps that are left of it.

    Raises:
        ValueError: if an argument is not as said; from `fit`, if the folder
            has checkpoints of another training, there is no such number, or
            a checkpoint cannot be written.

    Example: see `restore_checkpoint`.
    """

    def __init__(
        self,
        folder,
        every=None,
        keep=2,
        monitor=None,
        mode=None,
        best_file=None,
        resume=None,
    ):
        super().__init__()
        _check_counts(every=every, keep=keep)
        self.folder = pathlib.Path(folder)
        self.every = every
        self.keep = keep
        self.monitor = monitor
        self.mode = monitor and _checked_mode(monitor, mode)
        self.best_file = best_file and SaveModel(best_file)
        self.position = resume.position if resume else Position(0, 0, 0)
        extra = resume.extra if resume else {}
        self.logs = extra.get("logs", {})
        best = extra.get("best") or {}
        self.best = best if best.get("monitor") == monitor else {}
        self._resume = resume
        self._began = self.position
        self._fresh = resume is None
        self._stopped = None

    def save(self):
        """Writes a checkpoint now; returns its path."""
        path = save_checkpoint(
            self.model,
            self.folder,
            self.position,
            {"logs": self.logs, "best": self.best},
        )
        also = [self.best["step"]] if self.best else []
        prune_checkpoints(self.folder, self.keep, also, self.position.step)
        return path

    def on_train_begin(self, logs=None):
        if self._fresh and list_checkpoints(self.folder):
            raise ValueError(
                "A training that begins must write its checkpoints to a "
                f"folder without any. Received: {self.folder} with some. Go "
                "on from them with resume=restore_checkpoint(gan, folder), or "
                "choose another folder."
            )
        self._fresh = False

    def on_epoch_begin(self, epoch, logs=None):
        if self.position.epoch != epoch:
            self.position = Position(epoch, 0, self.position.step)
        elif self._resume and self.position.step_in_epoch:
            self._resume.restore_running()
        self._resume = self._stopped = None
        self._began = self.position

    def on_train_batch_end(self, batch, logs=None):
        before = self.position.step
        epoch, step_in_epoch, step = self._began
        done = self._done(batch)
        self.position = Position(epoch, step_in_epoch + done, step + done)
        if self.model.stop_training:
            # a validation may come before the end, and begin new means
            self._stopped = running_values(self.model)
        due = self.every and self.position.step // self.every > (
            before // self.every
        )
        # the end of an epoch follows at once
        if due and done != self._planned() and not self.model.stop_training:
            self.save()

    def on_epoch_end(self, epoch, logs=None):
        self.logs = {name: float(x) for name, x in (logs or {}).items()}
        done = self.position.step - self._began.step
        whole = done >= (self._planned() or 0)
        if whole:
            self.position = Position(epoch + 1, 0, self.position.step)
        elif self._stopped:
            for variable, value in self._stopped:
                variable.assign(value)
        if self.monitor:
            self._judge(epoch)
        self.save()

    def _judge(self, epoch):
        value = self.logs.get(self.monitor)
        if value is None:
            self._miss(epoch)
        elif math.isfinite(value) and self._is_better(value):
            self.best = {
                "monitor": self.monitor,
                "value": value,
                "epoch": epoch + 1,
                "step": self.position.step,
            }
            if self.best_file:
                self.best_file.set_model(self.model)
                self.best_file.on_epoch_end(epoch)

    def _is_better(self, value):
        if not self.best:
            return True
        best = self.best["value"]
        return value < best if self.mode == "min" else value > best

    def _miss(self, epoch):
        if self.best:
            return  # it is measured in some epochs only
        words = (
            f"monitor must be a number in the logs. Received: {self.monitor} "
            f"after epoch {epoch + 1}, with {', '.join(self.logs)}"
        )
        if not self.monitor.startswith("val_"):
            raise ValueError(words)
        warnings.warn(words, stacklevel=2)

    def _planned(self):
        return (self.params or {}).get("steps")

    def _done(self, batch):
        """Batches of this epoch; of some at once the last may not exist."""
        planned = self._planned()
        return batch + 1 if planned is None else min(batch + 1, planned)


def _checked_mode(monitor, mode):
    mode = mode or direction(monitor)
    if mode not in ("min", "max"):
        raise ValueError(
            "mode must be min or max where it is not known which of both is "
            f"better. Received: monitor={monitor!r}, mode={mode!r}"
        )
    return mode


def _check_counts(**counts):
    for name, count in counts.items():
        number = isinstance(count, int) and not isinstance(count, bool)
        if (count is None and name == "every") or (number and count >= 1):
            continue
        raise ValueError(
            f"{name} must be an integer, at least 1. Received: {name}={count!r}"
        )
