"""Refuses an epoch that is shorter than it was planned."""

import keras


class WholeEpochs(keras.callbacks.Callback):
    """Ends a training whose data set has ended before its epoch.

    Keras warns, and counts such an epoch as one. This raises, before any
    callback that comes later saves or logs it: it must be the first of the
    callbacks.

    Raises:
        ValueError: from `fit`, if there were fewer batches than
            `steps_per_epoch`.

    Example:

    ```python
    gan.fit(dataset, steps_per_epoch=500, callbacks=[WholeEpochs(), ...])
    ```
    """

    def on_epoch_begin(self, epoch, logs=None):
        self._done = 0

    def on_train_batch_end(self, batch, logs=None):
        self._done = batch + 1

    def on_epoch_end(self, epoch, logs=None):
        planned = (self.params or {}).get("steps")
        if planned and self._done < planned and not self.model.stop_training:
            raise ValueError(
                "The data set must have a batch for each step of an epoch. "
                f"Received: {self._done} batches for the {planned} steps of "
                f"epoch {epoch + 1}. Look whether a file is cut short, repeat "
                "the data set (dataset.repeat()), or set steps_per_epoch to "
                "what there is."
            )
