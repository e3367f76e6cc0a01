"""What logs of a run share: when to write, and at which step."""

import keras

from keras_pix2pixhd.argument_checks import checked_count, checked_path
from keras_pix2pixhd.callbacks.learning_rates import learning_rates


class StepLog(keras.callbacks.Callback):
    """Counts steps, and has them logged: `write` and `show` of a subclass.

    Args:
        every: int, at least 1, default 50. Steps from one look at the running
            means of an epoch to the next.
        start: int, at least 0, default 0. Steps that were done before, of a
            run that goes on.
        samples: folder of the pictures of a `SampleGrid` that comes before
            this one, or `None` (default).

    Raises:
        ValueError: if an argument is not as said.
    """

    def __init__(self, every=50, start=0, samples=None):
        super().__init__()
        self.every = checked_count("every", every)
        self.steps = self._before = checked_count("start", start, 0)
        self.samples = None
        if samples is not None:
            self.samples = checked_path("samples", samples)

    def write(self, kind, step, logs):
        """Writes numbers: `kind` is `"batch"` or `"epoch"`."""
        raise NotImplementedError

    def show(self, step, path):
        """Shows a picture of samples, a PNG file."""
        raise NotImplementedError

    def on_epoch_begin(self, epoch, logs=None):
        self._before = self.steps
        if self.steps == 0:
            self._show(epoch)

    def on_train_batch_end(self, batch, logs=None):
        # several that are executed together end once, perhaps after the last
        planned = (self.params or {}).get("steps")
        done = batch + 1 if planned is None else min(batch + 1, planned)
        before, self.steps = self.steps, self._before + done
        if self.steps // self.every > before // self.every:
            self.write("batch", self.steps, dict(logs or {}))

    def on_epoch_end(self, epoch, logs=None):
        rates = learning_rates(self.model)
        self.write("epoch", self.steps, {**rates, **(logs or {})})
        self._show(epoch + 1)

    def _show(self, epoch):
        if self.samples is not None:
            path = self.samples / f"epoch_{epoch:03d}.png"
            if path.is_file():  # not every epoch has one
                self.show(self.steps, path)
