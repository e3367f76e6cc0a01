"""Data set folders of tiny files, written for the tests of their readers."""

import numpy as np
from PIL import Image


def write_images(folder, values):
    """Writes images of one row below a folder.

    Args:
        folder: `pathlib.Path`.
        values: Dict from the path of a file below the folder to its pixels,
            numbers or colours; numbers beyond 255 make a file of 16 bits.

    Returns:
        The folder.
    """
    for name, pixels in values.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        dtype = "uint16" if np.max(pixels) > 255 else "uint8"
        Image.fromarray(np.array([pixels], dtype)).save(path)
    return folder
