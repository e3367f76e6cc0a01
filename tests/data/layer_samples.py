"""Layers, good and bad, for the tests of both pipelines."""

import keras
import numpy as np

MASKS = "segmentation_masks"


def with_images(change):
    """A callable that changes the images alone."""

    def images_alone(data):
        return {**data, "images": change(data["images"])}

    return images_alone


def with_masks(change):
    """A callable that changes the masks alone."""

    def masks_alone(data):
        return {**data, MASKS: change(data[MASKS])}

    return masks_alone


def _rolled(array, shift, axis):
    if isinstance(array, np.ndarray):
        return np.roll(array, shift, axis)
    import tensorflow as tf

    return tf.roll(array, shift, axis)


GOOD = {
    "flip": lambda: keras.layers.RandomFlip(seed=1),
    "rotation": lambda: keras.layers.RandomRotation(0.1, seed=1),
    "zoom": lambda: keras.layers.RandomZoom(0.3, seed=1),
    "inverted colors": lambda: keras.layers.RandomInvert(1.0, seed=1),
    "all white": lambda: keras.layers.RandomBrightness((1.0, 1.0)),
    "erased": lambda: keras.layers.RandomErasing(1.0, seed=1),
    "pipeline": lambda: keras.layers.Pipeline(
        [
            keras.layers.RandomFlip(seed=1),
            keras.layers.RandomTranslation(0, 0.2),
        ]
    ),
    "callable": lambda: (
        lambda data: {key: array[:, ::-1] for key, array in data.items()}
    ),
}
APART = {
    "flipped image": lambda: with_images(lambda x: x[:, :, ::-1]),
    "shifted image": lambda: with_images(lambda x: _rolled(x, 2, 2)),
    "image far away": lambda: with_images(lambda x: _rolled(x, 30, 1)),
    "flipped masks": lambda: with_masks(lambda x: x[:, ::-1]),
    "one value": lambda: with_masks(lambda x: x * 0 + x[:, :1, :1]),
}
NEW_VALUES = {
    "halves": lambda: with_masks(lambda x: x + 0.5),
    "other labels": lambda: with_masks(lambda x: x + 1.0),
    "filled": lambda: keras.layers.RandomTranslation(
        0.5, 0.5, fill_mode="constant", seed=1
    ),
}
