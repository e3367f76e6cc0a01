"""Resizing photographs and label maps, each in its own way."""

import operator

import numpy as np
from PIL import Image

from keras_pix2pixhd.data.files.image_file import LARGEST_PIXELS

LARGEST = 65535  # rows or columns; no image file in use has more


def resize(array, image_size, blend):
    """Resizes an image or a label map.

    Args:
        array: NumPy array `(H, W)` of integers, or `(H, W, 3)` uint8.
        image_size: `(height, width)`.
        blend: Whether to resize bicubic, with antialiasing, as photographs
            are; else nearest, which never mixes labels.

    Returns:
        NumPy array of that size, or `array` itself if it has it already.
    """
    if array.shape[:2] == tuple(image_size):
        return array
    height, width = image_size
    method = Image.Resampling.BICUBIC if blend else Image.Resampling.NEAREST
    return np.asarray(Image.fromarray(array).resize((width, height), method))


def checked_size(image_size, name="image_size"):
    """Returns `image_size` as (height, width), or `None` for `None`.

    Raises:
        ValueError: If it is anything else.
    """
    if image_size is None:
        return None
    try:
        size = tuple(operator.index(side) for side in image_size)
    except TypeError:
        size = ()
    if len(size) == 2 and size[0] * size[1] > LARGEST_PIXELS:
        raise ValueError(
            f"`{name}` must have at most {LARGEST_PIXELS} pixels. "
            f"Received: {name}={image_size!r}"
        )
    if len(size) != 2 or min(size) < 1 or max(size) > LARGEST:
        raise ValueError(
            f"`{name}` must be None or (height, width), two integers in "
            f"[1, {LARGEST}]. "
            f"Received: {name}={image_size!r}"
        )
    return size
