"""What is done when the first step was taken."""

import keras


class FirstStep(keras.callbacks.Callback):
    """Calls a function once: after the first batch of a training.

    Before it, a training can still fail of what only its first step shows:
    an image that cannot be read, a cache without room. As the first of the
    callbacks it comes before all that they write of the step.

    Args:
        taken: function of no arguments.
    """

    def __init__(self, taken):
        super().__init__()
        self._taken = taken

    def on_train_batch_end(self, batch, logs=None):
        if self._taken is not None:
            self._taken()
            self._taken = None
