"""Which epoch of a training was best."""

import math
import warnings

from keras_pix2pixhd.callbacks.save_model import SaveModel
from keras_pix2pixhd.metrics.directions import direction


class BestEpoch:
    """Compares the logs of epochs, and writes the model of the best.

    Args:
        monitor: str or `None`: the number that it is best in. With `None` no
            epoch is.
        mode: `"min"`, `"max"` or `None` (which of both is known).
        file: path that ends in `.keras`, or `None`. It gets the model.
        best: dict, what `best` was when the training ended that goes on.

    Attributes:
        best: dict with `monitor`, `value`, `epoch` and `step`; empty at
            first.

    Raises:
        ValueError: if `monitor` is no name, or it is not known which of both
            is better.
    """

    def __init__(self, monitor, mode=None, file=None, best=None):
        self.monitor = monitor
        self.mode = None if monitor is None else _checked(monitor, mode)
        self.writer = None if file is None else SaveModel(file)
        same = best and best["monitor"] == monitor
        self.best = best if same else {}

    def judge(self, model, logs, epoch, step):
        """Looks at an epoch.

        Args:
            model: `keras.Model` as it is now.
            logs: dict of the numbers of the epoch. One that is measured in
                some epochs only may be missing, or not finite.
            epoch: int, how many are done with it.
            step: int, how many batches are done.

        Raises:
            ValueError: if there is no such number, and no validation that
                could bring it.
        """
        if self.monitor is None:
            return
        value = logs.get(self.monitor)
        if value is None:
            self._miss(logs, epoch)
        elif math.isfinite(value) and self._is_better(value):
            self.best = {
                "monitor": self.monitor,
                "value": value,
                "epoch": epoch,
                "step": step,
            }
            if self.writer:
                self.writer.set_model(model)
                self.writer.on_epoch_end(epoch - 1)

    def _is_better(self, value):
        if not self.best:
            return True
        best = self.best["value"]
        return value < best if self.mode == "min" else value > best

    def _miss(self, logs, epoch):
        if self.best:
            return
        words = (
            f"monitor must be a number in the logs. Received: {self.monitor} "
            f"after epoch {epoch}, with {', '.join(logs)}"
        )
        if not self.monitor.startswith("val_"):
            raise ValueError(words)
        warnings.warn(words, stacklevel=2)


def _checked(monitor, mode):
    if not isinstance(monitor, str):
        raise ValueError(
            "monitor must be the name of a number in the logs, such as "
            f"'val_l1', or None. Received: monitor={monitor!r}"
        )
    mode = mode or direction(monitor)
    if mode not in ("min", "max"):
        raise ValueError(
            "mode must be min or max where it is not known which of both is "
            f"better. Received: monitor={monitor!r}, mode={mode!r}"
        )
    return mode
