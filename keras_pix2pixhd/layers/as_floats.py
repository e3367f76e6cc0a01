"""From pixels to the networks' range."""

import keras
from keras import ops


def as_floats(images):
    """Turns pixels in [0, 255] into [-1, 1], on the device.

    A batch may so carry images as uint8, a quarter of the bytes to move.

    Args:
        images: uint8 array or tensor of any shape, [0, 255]; or floats,
            [-1, 1], which stay as they are.

    Returns:
        Floats in [-1, 1], float32 for pixels.

    Example:

    >>> pixels = np.array([0, 51, 255], "uint8")
    >>> [round(float(v), 4) for v in as_floats(pixels)]
    [-1.0, -0.6, 1.0]
    """
    if keras.backend.standardize_dtype(images.dtype) != "uint8":
        return images
    return ops.cast(images, "float32") / 127.5 - 1.0
