"""A trained model from a file or a run folder."""

import os
import pathlib
import zipfile

import keras

from keras_pix2pixhd.models import Pix2PixHDGAN

MODEL_FILE = "model.keras"


def load_gan(path, compile=False):
    """Loads a `Pix2PixHDGAN`.

    Args:
        path: a `.keras` file, or a run folder, which holds `model.keras`.
        compile: bool, default False. Whether the optimizers come back as
            well, to train on.

    Returns:
        `Pix2PixHDGAN`.

    Raises:
        ValueError: if there is no such file, or it holds anything else.

    Example:

    ```python
    gan = load_gan("runs/0001-toy")
    ```
    """
    if not isinstance(path, (str, os.PathLike)):
        raise ValueError(
            "The model must be a Pix2PixHDGAN, or the path of a .keras file "
            f"or of a run folder. Received: {type(path).__name__}"
        )
    path = pathlib.Path(path)
    file = path / MODEL_FILE if path.is_dir() else path
    if not file.is_file():
        inside = f', which holds no "{MODEL_FILE}"' if path.is_dir() else ""
        raise ValueError(
            "The model must be a .keras file or a run folder with a "
            f'{MODEL_FILE}. Received: "{path}"{inside or ", which is missing"}'
        )
    if file.suffix != ".keras" or not zipfile.is_zipfile(file):
        raise ValueError(
            f'"{file}" must be a .keras file as Pix2PixHDGAN.save writes it. '
            "Received: another kind of file, or an incomplete one"
        )
    try:
        model = keras.saving.load_model(file, compile=compile)
    except Exception as error:  # of any type, for a file of any content
        raise ValueError(
            f'"{file}" must be a model that can be loaded. Received: '
            f"{type(error).__name__}: {error}"
        ) from error
    if not isinstance(model, Pix2PixHDGAN):
        raise ValueError(
            f'"{file}" must hold a Pix2PixHDGAN. Received: a '
            f"{type(model).__name__}"
        )
    return model
