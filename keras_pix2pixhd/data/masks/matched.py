import typing

import numpy as np


class Matched(typing.NamedTuple):
    """A colour mask as ids.

    Attributes:
        ids: NumPy array `(H, W)`, uint8 or uint16.
        pixels: Int, how many there are.
        unknown: List of the colours in the table of no class.
        counts: List of the numbers of their pixels.
        snapped: Int, pixels whose colour is near that of a class.
        black: Int, pixels that are void because they are black, or near it.
        like_ids: Whether all colours are those of small ids drawn as grey
            levels, and none but black is in the table.
    """

    ids: np.ndarray | None
    pixels: int
    unknown: list
    counts: list
    snapped: int = 0
    black: int = 0
    like_ids: bool = False
