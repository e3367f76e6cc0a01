"""Colours of masks as single numbers, which sort and compare fast."""

import numpy as np

from keras_pix2pixhd.data.files.file_system import shown
from keras_pix2pixhd.data.files.image_file import open_image

_SMALL = 64 * 0x010101


def read_codes(path):
    """Reads a colour mask.

    Grey and palette files have colours too; an alpha channel is dropped.

    Args:
        path: The file.

    Returns:
        NumPy array `(H, W)`, int32: `red << 16 | green << 8 | blue`.

    Raises:
        ValueError: If the file is not an image of 8-bit colours.
    """
    image = open_image(path)
    if image.mode[0] in "IF":
        raise ValueError(
            f"{shown(path)} must hold colours of 8 bits a channel. Received: "
            f"mode {image.mode!r}. If its numbers are ids, it needs no "
            "preparation."
        )
    return pack(np.asarray(image.convert("RGB")))


def pack(colors):
    """Returns the codes of colours, an integer array `(..., 3)`.

    >>> hex(pack((255, 128, 1)))
    '0xff8001'
    """
    red, green, blue = np.moveaxis(np.asarray(colors, "int32"), -1, 0)
    return red << 16 | green << 8 | blue


def all_small_greys(codes):
    """Whether colours look like ids: grey levels, none above 64.

    >>> all_small_greys(pack([(0, 0, 0), (33, 33, 33)]))
    True
    >>> all_small_greys(pack([(0, 0, 0), (255, 255, 255)]))
    False
    """
    codes = np.asarray(codes)
    grey = codes % 0x010101 == 0
    return bool((grey & (codes <= _SMALL)).all())


def unpack(codes):
    """Returns a list of `(red, green, blue)`, the inverse of `pack`.

    >>> unpack([0xFF8001])
    [(255, 128, 1)]
    """
    codes = np.asarray(codes)
    channels = (codes >> 16, codes >> 8 & 255, codes & 255)
    return list(zip(*(c.tolist() for c in channels), strict=True))
