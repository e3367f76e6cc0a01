"""What the losses do not say of an epoch."""

import time

import keras

from keras_pix2pixhd.callbacks.learning_rates import learning_rates


class StepReport(keras.callbacks.Callback):
    """Adds to the logs of every epoch how its steps went.

    That is the `step_report` of a `Pix2PixHDGAN`, with the mean gradient
    norms of the epoch, but for `skipped_in_a_row`; the learning rate that
    each network has come to; and `images_per_second`, of the images that were
    learned from, from the first batch to the last one without validation. The
    first epoch's time has that of compiling in it.

    It must come before what writes the logs, such as `LossHistory`. It waits
    for the device twice an epoch, never in a step.

    Raises:
        ValueError: from `fit`, if the model is no `Pix2PixHDGAN`.
    """

    def on_train_begin(self, logs=None):
        if not hasattr(self.model, "step_report"):
            raise ValueError(
                "StepReport must report on a Pix2PixHDGAN. Received: a "
                f"{type(self.model).__name__}. Leave it out."
            )

    def on_epoch_begin(self, epoch, logs=None):
        self._begun = None

    def on_train_batch_begin(self, batch, logs=None):
        if self._begun is None:
            # what a checkpoint has put back counts as seen before
            self._before = self._count()
            self._images = None
            self._begun = self._ended = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self._ended = time.perf_counter()

    def on_test_begin(self, logs=None):
        if getattr(self, "_begun", None) is not None:
            self._see()  # a validation counts in the same place

    def on_epoch_end(self, epoch, logs=None):
        if logs is None or self._begun is None:
            return
        self._see()
        report = self.model.step_report()
        del report["skipped_in_a_row"]
        seconds = max(self._ended - self._begun, 1e-9)
        logs.update(report, **learning_rates(self.model))
        logs["images_per_second"] = self._images / seconds
        # not at the beginning: an epoch that is resumed goes on
        self.model.reset_step_report()

    def _see(self):
        if self._images is None:
            self._images = self._count() - self._before

    def _count(self):
        if hasattr(self.model, "jax_state_sync"):
            self.model.jax_state_sync()
        return float(self.model.trackers[0].count.numpy())
