"""A segmenter from a file or the folder of its training."""

import os
import pathlib

import keras

from keras_pix2pixhd.generation.keras_file import load_keras_file
from keras_pix2pixhd.models import Pix2PixHDGAN
from keras_pix2pixhd.segmentation.segmenter_files import SEGMENTER_FILE


def load_segmenter(path):
    """Loads a segmenter.

    Args:
        path: a folder that `train_segmenter` made, or a `.keras` file: a
            `Segmenter`, or any `keras.Model` from images in [-1, 1] to scores
            or class indices, see `metrics.segment`.

    Returns:
        `keras.Model`, such as a `Segmenter`.

    Raises:
        ValueError: if there is no such file, or it cannot be loaded, or it
            holds a generator.

    Example:

    ```python
    segmenter = load_segmenter("segmenters/0001-carvana")
    labels = segmenter.predict_labels(images)
    ```
    """
    file = _file(path)
    model = load_keras_file(file, "keras.Model.save")
    if isinstance(model, Pix2PixHDGAN) or not isinstance(model, keras.Model):
        raise ValueError(
            f'"{file}" must hold a network from images to classes. Received: '
            f"a {type(model).__name__}. Train one: pix2pixhd train-segmenter."
        )
    return model


def _file(path):
    if not isinstance(path, (str, os.PathLike)):
        raise ValueError(
            "The segmenter must be the path of a .keras file or of a folder "
            f"of train-segmenter. Received: {type(path).__name__}"
        )
    path = pathlib.Path(path)
    file = path / SEGMENTER_FILE if path.is_dir() else path
    if not file.is_file():
        inside = f', which holds no "{SEGMENTER_FILE}"' if path.is_dir() else ""
        raise ValueError(
            "The segmenter must be a .keras file, or a folder with a "
            f'{SEGMENTER_FILE}. Received: "{path}"'
            f"{inside or ', which is missing'}. Train one: pix2pixhd "
            "train-segmenter."
        )
    return file
