"""A line an epoch, where there is no terminal to draw a bar in."""

import sys

import keras

_LOSSES = ("generator_loss", "discriminator_loss")


class EpochLine(keras.callbacks.Callback):
    """Says in one line how an epoch went: steps, losses, speed, the best.

    It comes after the checkpoint: what it speaks of is written.

    Args:
        log: function that prints a line.
        checkpoint: the `TrainingCheckpoint` of the training.
        monitor: str or `None`, the column that the best epoch is best in.
    """

    def __init__(self, log, checkpoint, monitor=None):
        super().__init__()
        self.log, self.checkpoint = log, checkpoint
        self.monitor = monitor

    def on_epoch_end(self, epoch, logs=None):
        logs = logs or {}
        said = [f"step {self.checkpoint.position.step}"]
        for name in dict.fromkeys((*_LOSSES, self.monitor)):
            if name in logs:
                said.append(f"{name} {logs[name]:.4g}")
                if name == self.monitor and self._is_best(epoch + 1):
                    said[-1] += " (the best so far)"
        if "images_per_second" in logs:
            said.append(f"{logs['images_per_second']:.3g} images/s")
        epochs = self.params["epochs"]
        self.log(f"epoch {epoch + 1}/{epochs}: {', '.join(said)}")
        sys.stdout.flush()  # a log file is read while it grows

    def _is_best(self, epoch):
        return self.checkpoint.best.get("epoch") == epoch
