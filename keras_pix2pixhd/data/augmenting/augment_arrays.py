"""Augmentation of NumPy arrays, for pipelines without TensorFlow."""

import math

import numpy as np
from PIL import Image

from keras_pix2pixhd.data.augmenting.augment_array_colors import (
    jitter_array_colors,
)
from keras_pix2pixhd.data.resizing import resize


def augment_arrays(arrays, random, augmentation):
    """Changes a pair at random: what `augment_tensors` does, in NumPy.

    The numbers drawn are not those of TensorFlow; they are as likely.

    Args:
        arrays: Dict of NumPy arrays: `image` uint8 `(H, W, 3)` in [0, 255],
            `label` uint8 or int32 `(H, W)`, or uint8 `(H, W, 3)`, which is
            moved and blended as the image is, but keeps its colours; and, if
            any, `instance` int32 `(H, W)`.
        random: `numpy.random.Generator`.
        augmentation: An `Augmentation`. Its `layer` is not called; see
            `layer_arrays.call_layer`.

    Returns:
        Dict of the same keys, shapes and dtypes.
    """
    if augmentation.zoom > 1:
        arrays = _zoom(arrays, random, augmentation.zoom)
    if augmentation.rotation > 0:
        arrays = _rotate(arrays, random, augmentation.rotation)
    if augmentation.flip and random.random() < 0.5:
        arrays = {k: array[:, ::-1] for k, array in arrays.items()}
    image = jitter_array_colors(arrays["image"], random, augmentation)
    return {**arrays, "image": image}


def crop_arrays(arrays, size, random=None):
    """Cuts the same box out of all.

    Args:
        arrays: Dict of NumPy arrays `(H, W)` or `(H, W, 3)`.
        size: `(height, width)`, no larger than they are.
        random: `numpy.random.Generator` that says where. Defaults to `None`:
            from the middle.

    Returns:
        Dict of arrays of that size.
    """
    rooms = [
        length - side
        for length, side in zip(arrays["image"].shape, size, strict=False)
    ]
    if random is None:
        top, left = (room // 2 for room in rooms)
    else:
        top, left = (int(random.integers(room + 1)) for room in rooms)
    rows, columns = slice(top, top + size[0]), slice(left, left + size[1])
    return {kind: array[rows, columns] for kind, array in arrays.items()}


def _zoom(arrays, random, largest):
    """Cuts the same random box out of all, and enlarges it to their size."""
    size = arrays["image"].shape[:2]
    factor = random.uniform(1, largest)
    box = [max(1, round(length / factor)) for length in size]
    return {
        kind: resize(array, size, blend=array.ndim == 3)
        for kind, array in crop_arrays(arrays, box, random).items()
    }


def _rotate(arrays, random, largest):
    """Turns all by the same random angle, mirrored beyond the border."""
    angle = math.radians(random.uniform(-largest, largest))
    return {kind: _turned(array, angle) for kind, array in arrays.items()}


def _turned(array, angle):
    height, width = array.shape[:2]
    cos, sin = math.cos(angle), math.sin(angle)
    down = _margin(abs(cos) * height + abs(sin) * width, height)
    right = _margin(abs(cos) * width + abs(sin) * height, width)
    beyond = [(down, down), (right, right), (0, 0)][: array.ndim]
    padded = Image.fromarray(np.pad(array, beyond, mode="symmetric"))
    # From a new place to the old one, in Pillow's way: corners, not centres.
    x, y = width / 2, height / 2
    matrix = (cos, -sin, right + x - cos * x + sin * y)
    matrix += (sin, cos, down + y - sin * x - cos * y)
    blends = array.ndim == 3
    resampling = Image.Resampling
    turned = padded.transform(
        (width, height),
        Image.Transform.AFFINE,
        matrix,
        resampling.BILINEAR if blends else resampling.NEAREST,
    )
    return np.asarray(turned)


def _margin(turned, length):
    """How far beyond the border the turned corners lie, and a bit."""
    return max(0, math.ceil((turned - length) / 2)) + 2
