"""From the networks' range to pixels."""

import keras
from keras import ops


def to_uint8(images):
    """Turns images in [-1, 1] into pixels, rounded to the nearest level.

    Args:
        images: floating point array or tensor of any shape; values outside
            [-1, 1] are clipped. Or uint8 pixels, which stay as they are.

    Returns:
        A uint8 tensor of the same shape, [0, 255].

    Example:

    >>> [int(v) for v in to_uint8(np.array([-1.0, 0.0, 1.0, 1.5]))]
    [0, 128, 255, 255]
    """
    if keras.backend.standardize_dtype(images.dtype) == "uint8":
        return images
    levels = (ops.cast(images, "float32") + 1.0) * 127.5
    return ops.cast(ops.floor(ops.clip(levels, 0.0, 255.0) + 0.5), "uint8")
