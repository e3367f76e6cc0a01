"""Ends a run whose losses are no longer numbers."""

import math

import keras


class DivergenceGuard(keras.callbacks.Callback):
    """Raises as soon as a loss is not finite.

    The epoch then does not end, so that a `SaveModel` does not replace the
    last good model.

    Raises:
        ValueError: from `fit`, naming the step and the losses.
    """

    def __init__(self):
        super().__init__()
        self.steps = 0

    def on_train_batch_end(self, batch, logs=None):
        self.steps += 1
        bad = [
            name
            for name, value in (logs or {}).items()
            if not math.isfinite(float(value))
        ]
        if bad:
            raise ValueError(
                "Every loss must be finite. Received: not finite at step "
                f"{self.steps}: {', '.join(bad)}. Lower the learning rates, "
                "or train without mixed precision; the model of the last "
                "whole epoch is kept."
            )
