"""One training that Keras is asked for in parts."""

import contextlib

import keras


class PartedTraining(keras.callbacks.CallbackList):
    """Callbacks that begin and end once, however often `fit` is called.

    Args:
        callbacks: list of callbacks.
        model: the compiled model.
        bars: bool, whether Keras draws a progress bar for each epoch.
    """

    def __init__(self, callbacks, model, bars):
        super().__init__(
            callbacks, add_history=True, add_progbar=bars, model=model
        )
        self._bars = bars
        self._drawing = False

    def fit(self, dataset, segment, epochs, **arguments):
        """Trains a part.

        Args:
            dataset: the batches of this part.
            segment: `Segment`.
            epochs: int, at how many the whole training will end.
            **arguments: others of `keras.Model.fit`.
        """
        self.set_params(
            {"verbose": "auto", "epochs": epochs, "steps": segment.steps}
        )
        model = self.model
        if model.steps_per_execution != segment.steps_per_execution:
            model.steps_per_execution = segment.steps_per_execution
            model.train_function = model.test_function = None
        model.fit(
            dataset,
            initial_epoch=segment.epoch,
            epochs=segment.epochs,
            steps_per_epoch=segment.steps,
            shuffle=False,  # the batches are shuffled already
            callbacks=self,
            **arguments,
        )

    @contextlib.contextmanager
    def own_line(self):
        """Ends a bar that an error leaves: what is said of it comes below."""
        try:
            yield
        except BaseException:
            if self._drawing:
                print(flush=True)
            raise

    def on_epoch_begin(self, epoch, logs=None):
        self._drawing = self._bars
        super().on_epoch_begin(epoch, logs)

    def on_epoch_end(self, epoch, logs=None):
        super().on_epoch_end(epoch, logs)
        self._drawing = False

    def begin(self):
        """Begins the training, before its first part."""
        super().on_train_begin()

    def end(self):
        """Ends the training, after its last part."""
        super().on_train_end()

    def on_train_begin(self, logs=None):
        """Does nothing: `fit` calls it for each part."""

    def on_train_end(self, logs=None):
        """Does nothing, in the same way."""
