"""Resizing and cropping in TensorFlow's graph, as `resizing` does."""

import numpy as np
import tensorflow as tf


class Resizer:
    """Resizes the arrays of some pairs.

    Args:
        stored: Array `(count, 2)`, the heights and widths of all.
        sizes: The same, of what they are resized to.

    Attributes:
        enlarges: Whether no side of any pair gets shorter.
    """

    def __init__(self, stored, sizes):
        stored, sizes = np.asarray(stored), np.asarray(sizes)
        self.enlarges = bool((sizes >= stored).all())
        self._nothing_to_do = bool((sizes == stored).all())

    def __call__(self, array, size, blend):
        """Returns an array of another size.

        Args:
            array: Tensor `(height, width, 3)` uint8, or `(height, width)` of
                integers.
            size: int32 tensor `(2,)`, the height and width to be.
            blend: Whether to blend bicubic, with antialiasing; else the
                nearest is taken.
        """
        if self._nothing_to_do:
            return array
        if not blend:
            return _nearest(array, size, self.enlarges)
        if self.enlarges:
            return _to_uint8(_enlarged(array, size))
        return _to_uint8(
            tf.image.resize(array, size, "bicubic", antialias=True)
        )


def crop_tensor(array, start, size):
    """Cuts a box out; `start` is its first (row, column)."""
    top, left = start[0], start[1]
    return array[top : top + size[0], left : left + size[1]]


def _nearest(array, size, enlarges):
    """Takes rows, then columns as rows of the transposed: whole memory runs."""
    # in 64 bits: what is multiplied may both be above 32,767
    stored, size = tf.shape(array, "int64"), tf.cast(size, "int64")
    places = [
        # the middle of a new pixel, in whole numbers
        (2 * tf.range(size[axis]) + 1) * stored[axis] // (2 * size[axis])
        for axis in (0, 1)
    ]
    turn = [1, 0, 2][: array.shape.rank]
    for axis in (1, 0) if enlarges else (0, 1):
        if axis == 1:
            array = tf.transpose(array, turn)
        array = tf.gather(array, places[axis])
        if axis == 1:
            array = tf.transpose(array, turn)
    return array


def _enlarged(image, size):
    """The same filter with nothing to antialias, in a third of the time."""
    return tf.raw_ops.ResizeBicubic(
        images=tf.cast(image, "float32")[None],
        size=size,
        half_pixel_centers=True,
    )[0]


def _to_uint8(pixels):
    """Clips to [0, 255] and rounds, in one pass."""
    quantized = tf.raw_ops.QuantizeV2(
        input=pixels,
        min_range=0.0,
        max_range=255.0,
        T=tf.quint8,
        mode="MIN_FIRST",
        round_mode="HALF_AWAY_FROM_ZERO",
    )
    return tf.bitcast(quantized[0], "uint8")
