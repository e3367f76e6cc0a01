"""Arrays as images that TensorFlow reads without loss."""

import numpy as np
from PIL import Image


def as_image(array):
    """Returns an image to be written as PNG.

    Args:
        array: `(H, W, 3)` or `(H, W)` uint8, `(H, W)` uint16, or `(H, W)`
            int32, whose bytes become four channels.
    """
    if array.dtype == np.int32:
        height, width = array.shape
        packed = np.ascontiguousarray(array).view("uint8")
        return Image.fromarray(packed.reshape(height, width, 4), "RGBA")
    return Image.fromarray(array)
