"""Reading `.npy` files of label and instance maps, never a pickle."""

import contextlib
import os

import numpy as np

from keras_pix2pixhd.data.files.file_system import as_path, shown
from keras_pix2pixhd.data.files.image_file import LARGEST_PIXELS
from keras_pix2pixhd.data.files.opened_file import (
    NotReadableError,
    not_readable,
    opened,
)

_KIND = "NumPy .npy"
_HEADERS = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


def read_array(path):
    """Reads one `.npy` file.

    Args:
        path: The file.

    Returns:
        NumPy array of shape `(H, W)` or `(H, W, channels)`; bool, integer or
        floating-point.

    Raises:
        ValueError: If the file cannot be read, is not a complete `.npy` file,
            or holds anything else.
    """
    with open_array(path) as (file, dtype, shape, fortran):
        array = np.frombuffer(file.read(), dtype)
        return array.reshape(shape, order="F" if fortran else "C")


@contextlib.contextmanager
def open_array(path):
    """Yields `(file, dtype, shape, fortran)`; the file is at its data."""
    path = as_path(path)
    with opened(path, _KIND) as file:
        shape, fortran, dtype = _header(path, file)
        if len(shape) not in (2, 3) or dtype.kind not in "biuf":
            kind = "Python objects" if dtype.hasobject else f"dtype={dtype}"
            raise NotReadableError(
                f"{shown(path)} must hold numbers of shape (H, W) or "
                f"(H, W, channels). Received: {kind}, shape={shape}"
            )
        height, width, *_ = shape
        if not 0 < height * width <= LARGEST_PIXELS:
            raise NotReadableError(
                f"{shown(path)} must have 1 to {LARGEST_PIXELS} pixels. "
                f"Received: shape={shape}"
            )
        _check_length(path, file, dtype, shape)
        yield file, dtype, shape, fortran


def _header(path, file):
    try:
        version = np.lib.format.read_magic(file)
        if version not in _HEADERS:
            raise ValueError(f"version {version}")
        return _HEADERS[version](file)
    except Exception as error:
        # The header is parsed as Python, which fails in many ways.
        raise not_readable(path, error, _KIND) from error


def _check_length(path, file, dtype, shape):
    """Reading would first make room for all that the header claims."""
    start = file.tell()
    file.seek(0, os.SEEK_END)
    held = file.tell() - start
    file.seek(start)
    # Of Python ints: the product may be beyond 64 bits.
    claimed = dtype.itemsize
    for length in shape:
        claimed *= length
    if held != claimed:
        raise not_readable(path, f"{held} bytes of data, not {claimed}", _KIND)
