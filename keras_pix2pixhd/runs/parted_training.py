"""One training that Keras is asked for in parts."""

import keras


class PartedTraining(keras.callbacks.CallbackList):
    """Callbacks that begin and end once, however often `fit` is called.

    Args:
        callbacks: list of callbacks.
        model: the compiled model.
    """

    def __init__(self, callbacks, model):
        super().__init__(
            callbacks, add_history=True, add_progbar=True, model=model
        )

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
