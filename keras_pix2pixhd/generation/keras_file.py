"""Models in `.keras` files."""

import zipfile

import keras


def load_keras_file(file, writer, compile=False):
    """Loads whatever model a file holds.

    Args:
        file: `pathlib.Path` of an existing file.
        writer: str, what writes such files, for people.
        compile: bool, default False. Whether the optimizers come back.

    Raises:
        ValueError: if it is another kind of file, or cannot be loaded.
    """
    if file.suffix != ".keras" or not zipfile.is_zipfile(file):
        raise ValueError(
            f'"{file}" must be a .keras file as {writer} writes it. '
            "Received: another kind of file, or an incomplete one"
        )
    try:
        return keras.saving.load_model(file, compile=compile)
    except Exception as error:  # of any type, for a file of any content
        raise ValueError(
            f'"{file}" must be a model that can be loaded. Received: '
            f"{type(error).__name__}: {error}"
        ) from error
