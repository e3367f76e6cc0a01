"""A trained model from a file or a run folder."""

import os
import pathlib

from keras_pix2pixhd.generation.keras_file import load_keras_file
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
    model = load_keras_file(file, "Pix2PixHDGAN.save", compile)
    if not isinstance(model, Pix2PixHDGAN):
        raise ValueError(
            f'"{file}" must hold a Pix2PixHDGAN. Received: a '
            f"{type(model).__name__}"
        )
    return model
