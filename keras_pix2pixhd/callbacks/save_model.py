"""Saves the model after every epoch, whole or not at all."""

import keras

from keras_pix2pixhd.argument_checks import checked_path
from keras_pix2pixhd.whole_file import whole_file


class SaveModel(keras.callbacks.Callback):
    """Writes the model to one file at the end of every epoch.

    The file is written under a temporary name and then renamed, so that a
    run that is killed while it writes leaves the model of the epoch before.

    Args:
        path: path that ends in `.keras`.

    Raises:
        ValueError: if `path` is no path, or does not end in `.keras`.
    """

    def __init__(self, path):
        super().__init__()
        self.path = checked_path("path", path)
        if self.path.suffix != ".keras":
            raise ValueError(
                f"path must end in .keras. Received: path={str(path)!r}"
            )

    def on_epoch_end(self, epoch, logs=None):
        with whole_file(self.path, ".keras") as part:
            self.model.save(part)
