"""Checkpoints while a model is trained."""

import keras

from keras_pix2pixhd.argument_checks import checked_count, checked_path
from keras_pix2pixhd.callbacks.best_epoch import BestEpoch
from keras_pix2pixhd.checkpoints import (
    Checkpoint,
    Position,
    list_checkpoints,
    prune_checkpoints,
    save_checkpoint,
)
from keras_pix2pixhd.checkpoints.gan_state import running_values
from keras_pix2pixhd.checkpoints.save_checkpoint import (
    check_compiled,
    checked_json,
)


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
        settings: dict that JSON can hold, or `None` (default). What the model
            is trained with, kept in the `extra` of each checkpoint.
        steps_per_epoch: int, at least 1, or `None` (default). The steps of a
            whole epoch: needed where `fit` is given fewer to end with, and a
            later training is to go on in the middle of that epoch.

    Raises:
        ValueError: if an argument is not as said; from `fit`, if the model is
            no `Pix2PixHDGAN`, the folder has checkpoints of another training,
            there is no such number, or a checkpoint cannot be written.

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
        steps_per_epoch=None,
        settings=None,
    ):
        super().__init__()
        _check_resumed(resume)
        self.folder = checked_path("folder", folder)
        self.keep = checked_count("keep", keep)
        self.every = _count_or_none("every", every)
        self.steps_per_epoch = _count_or_none(
            "steps_per_epoch", steps_per_epoch
        )
        self.position = resume.position if resume else Position(0, 0, 0)
        extra = resume.extra if resume else {}
        self.logs = extra.get("logs", {})
        self._settings = {}
        if settings is not None:
            self._settings["settings"] = checked_json("settings", settings)
        self._best = BestEpoch(monitor, mode, best_file, extra.get("best"))
        self._resume = resume
        self._began = self.position
        self._fresh = resume is None
        self._stopped = None

    @property
    def best(self):
        """A dict: `monitor`, `value`, `epoch`, `step`; empty at first."""
        return self._best.best

    def save(self):
        """Writes a checkpoint now; returns its path."""
        path = save_checkpoint(
            self.model,
            self.folder,
            self.position,
            {"logs": self.logs, "best": self.best, **self._settings},
        )
        also = [self.best["step"]] if self.best else []
        prune_checkpoints(self.folder, self.keep, also, self.position.step)
        return path

    def on_train_begin(self, logs=None):
        check_compiled(self.model)
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
        if self.model.stop_training or done == self._planned():
            # the end of the epoch follows, where means are begun anew; they
            # are to go on, if it turns out not to be whole
            self._stopped = running_values(self.model)
        elif self.every and (
            self.position.step // self.every > before // self.every
        ):
            self.save()

    def on_epoch_end(self, epoch, logs=None):
        self.logs = {name: float(x) for name, x in (logs or {}).items()}
        if self._is_whole():
            self.position = Position(epoch + 1, 0, self.position.step)
        else:
            for variable, value in self._stopped or []:
                variable.assign(value)
        self._best.judge(self.model, self.logs, epoch + 1, self.position.step)
        self.save()

    def _is_whole(self):
        _, done, step = self.position
        if self.steps_per_epoch is not None:
            return done >= self.steps_per_epoch
        planned = self._planned()
        if planned is None:
            return self._stopped is None
        return step - self._began.step >= planned

    def _planned(self):
        return (self.params or {}).get("steps")

    def _done(self, batch):
        """Batches of this epoch; of some at once the last may not exist."""
        planned = self._planned()
        return batch + 1 if planned is None else min(batch + 1, planned)


def _count_or_none(name, value):
    return None if value is None else checked_count(name, value)


def _check_resumed(resume):
    if resume is not None and not isinstance(resume, Checkpoint):
        raise ValueError(
            "resume must be what restore_checkpoint returned, or None. "
            f"Received: resume={resume!r}. Pass "
            "resume=restore_checkpoint(gan, folder)."
        )
