"""Ends training after a number of steps."""

import keras

from keras_pix2pixhd.argument_checks import checked_count


class StopAtStep(keras.callbacks.Callback):
    """Stops `fit` after `steps` batches, in the middle of an epoch too.

    Args:
        steps: int, at least 1.

    Raises:
        ValueError: if `steps` is no such number.
    """

    def __init__(self, steps):
        super().__init__()
        self.steps = checked_count("steps", steps)
        self.seen = 0

    def on_train_begin(self, logs=None):
        self.seen = 0

    def on_train_batch_end(self, batch, logs=None):
        self.seen += 1
        if self.seen >= self.steps:
            self.model.stop_training = True
