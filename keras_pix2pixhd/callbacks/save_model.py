"""Saves the model after every epoch, whole or not at all."""

import pathlib

import keras

from keras_pix2pixhd.whole_file import whole_file


class SaveModel(keras.callbacks.Callback):
    """Writes the model to one file at the end of every epoch.

    The file is written under a temporary name and then renamed, so that a
    run that is killed while it writes leaves the model of the epoch before.

    Args:
        path: path that ends in `.keras`.

    Raises:
        ValueError: if `path` does not end in `.keras`.
    """

    def __init__(self, path):
        super().__init__()
        self.path = pathlib.Path(path)
        if self.path.suffix != ".keras":
            raise ValueError(
                f"path must end in .keras. Received: path={str(path)!r}"
            )

    def on_epoch_end(self, epoch, logs=None):
        with whole_file(self.path, ".keras") as part:
            self.model.save(part)
