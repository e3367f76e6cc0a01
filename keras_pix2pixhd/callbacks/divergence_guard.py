"""Ends a run that no longer learns."""

import keras

from keras_pix2pixhd.argument_checks import checked_count


class DivergenceGuard(keras.callbacks.Callback):
    """Raises when too many steps in a row had to be skipped.

    A `Pix2PixHDGAN` skips a step whose loss or gradients are not finite. One
    is nothing, and while float16 looks for its loss scale a few in a row are
    not either; a long row of them does not end by itself.

    The epoch then does not end, so that neither a `SaveModel` nor a
    checkpoint replaces the last good one, and the weights of the model in
    memory are those before the row.

    Args:
        max_in_a_row: int, at least 1, default 20. Skipped steps that end the
            run.
        every: int, at least 1, default 20. Steps from one look to the next: a
            look waits for the device. There is one at the end of an epoch,
            too.

    Raises:
        ValueError: if a number is no integer, or below 1; from `fit`, if the
            model is no `Pix2PixHDGAN`, or the run has diverged.
    """

    def __init__(self, max_in_a_row=20, every=20):
        super().__init__()
        self.max_in_a_row = checked_count("max_in_a_row", max_in_a_row)
        self.every = checked_count("every", every)

    def on_train_begin(self, logs=None):
        if not hasattr(self.model, "step_report"):
            raise ValueError(
                "DivergenceGuard must watch a model that skips steps, a "
                f"Pix2PixHDGAN. Received: a {type(self.model).__name__}. "
                "Leave it out."
            )

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch
        self._done = self._looked_at = 0

    def on_train_batch_end(self, batch, logs=None):
        # several steps that are executed together end once
        self._done = batch + 1
        if self._done - self._looked_at >= self.every:
            self._look()

    def on_epoch_end(self, epoch, logs=None):
        self._look()

    def _look(self):
        self._looked_at = self._done
        report = self.model.step_report()
        in_a_row = int(report["skipped_in_a_row"])
        if in_a_row < self.max_in_a_row:
            return
        scale = report.get("loss_scale")
        at_scale = "" if scale is None else f", with the loss scale {scale:g}"
        raise ValueError(
            "The losses and gradients of a step must be finite. Received: "
            f"{in_a_row} steps in a row that were not and have been skipped, "
            f"up to step {self._done} of epoch {self._epoch + 1}{at_scale}. "
            "Look for images that are not finite; lower the learning rates, "
            "clip the gradients (clip_norm), or train without mixed "
            "precision. The last good model and checkpoint are kept."
        )
