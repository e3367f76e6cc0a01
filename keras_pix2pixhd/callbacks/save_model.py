"""Saves the model after every epoch, whole or not at all."""

import pathlib

import keras


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
        part = self.path.with_name(f".part-{self.path.name}")
        try:
            self.model.save(part)
            part.replace(self.path)
        except OSError as error:
            raise ValueError(
                f'The model must be written to "{self.path}". Received: '
                f"{error.strerror or error}. Free some space, or choose "
                "another folder."
            ) from error
        finally:
            part.unlink(missing_ok=True)
