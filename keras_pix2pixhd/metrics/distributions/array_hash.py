"""What tells the arrays of one data set from those of another."""

import numpy as np


def add_arrays(digest, arrays):
    """Adds arrays to a hash, one after the other, each with its shape.

    Args:
        digest: of `hashlib`, which is changed.
        arrays: iterable of NumPy arrays, such as a batch of images.
    """
    for array in arrays:
        digest.update(repr(array.shape).encode())
        digest.update(np.ascontiguousarray(array).tobytes())
