"""Resizing and cropping in TensorFlow's graph, as `resizing` does."""

import numpy as np
import tensorflow as tf


def resizer(stored, sizes):
    """Returns the function that resizes the arrays of some pairs.

    Args:
        stored: Array `(count, 2)`, the heights and widths of all.
        sizes: The same, of what they are resized to.

    Returns:
        Function from a tensor, `(height, width, 3)` uint8 or `(height,
        width)` of integers, its new size `(2,)`, and whether to blend, to
        the resized tensor of the same dtype. It blends bicubic, with
        antialiasing; else it takes the nearest.
    """
    stored, sizes = np.asarray(stored), np.asarray(sizes)
    bicubic = _bicubic_of_any
    if (sizes >= stored).all():
        bicubic = _bicubic_enlarging
    if (sizes == stored).all():
        return lambda array, size, blend: array

    def resize(array, size, blend):
        if blend:
            pixels = tf.clip_by_value(tf.round(bicubic(array, size)), 0, 255)
            return tf.cast(pixels, "uint8")
        if array.shape.rank == 3:
            return tf.image.resize(array, size, "nearest")
        return tf.image.resize(array[..., None], size, "nearest")[..., 0]

    return resize


def crop_tensor(array, start, size):
    """Cuts a box out; `start` is its first (row, column)."""
    top, left = start[0], start[1]
    return array[top : top + size[0], left : left + size[1]]


def _bicubic_of_any(image, size):
    return tf.image.resize(image, size, "bicubic", antialias=True)


def _bicubic_enlarging(image, size):
    """The same filter with nothing to antialias, in half the time."""
    return tf.raw_ops.ResizeBicubic(
        images=image[None], size=size, half_pixel_centers=True
    )[0]
