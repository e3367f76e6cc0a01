import functools

import numpy as np

from keras_pix2pixhd.data.checking.value_runs import value_runs
from keras_pix2pixhd.data.masks.color_codes import (
    all_small_greys,
    pack,
    unpack,
)
from keras_pix2pixhd.data.masks.matched import Matched

_CHUNK = 4096


class ColorMatcher:
    """Maps the colours of masks to the ids of a class table.

    The distance of two colours is that of their most different channel, in
    levels. The id of a class is the first of its ids; that of void the first
    void id, or 0 without any.

    Args:
        class_table: `ClassTable`.
        tolerance: Int >= 0: how far a colour may be from that of a class to
            be taken for it. Defaults to `0`.

    Raises:
        ValueError: If an id is beyond 16 bits, or the tolerance so large that
            a colour could be near two classes.

    Example:

    >>> from keras_pix2pixhd.data import CARVANA
    >>> codes = np.array([[0xFFFFFF, 0xFEFFFD, 0x808080]])
    >>> ColorMatcher(CARVANA, tolerance=2).match(codes)
    Matched(ids=array([[1, 1, 0]], dtype=uint8), pixels=3,
            unknown=[(128, 128, 128)], counts=[1], snapped=1, black=0,
            like_ids=False)
    """

    def __init__(self, class_table, tolerance=0):
        self._names = [*class_table.names, "void"]
        first_ids = [ids[0] for ids in class_table.ids]
        first_ids.append(next(iter(class_table.void_ids), 0))
        self.dtype = _dtype_of(first_ids)
        index_of = class_table.index_of_color()
        colors = np.array(sorted(index_of), "int16")
        classes = len(class_table)
        owners = [
            min(index_of[c], classes) for c in map(tuple, colors.tolist())
        ]
        self._colors, self._codes = colors, pack(colors)
        self._owners, self._void_owner = np.array(owners), classes
        self._ids = np.array(first_ids, self.dtype)[self._owners]
        self._void = np.array(first_ids[-1], self.dtype)
        self._tolerance = tolerance
        self._check_tolerance()

    def _check_tolerance(self):
        tolerance = self._tolerance
        whole = isinstance(tolerance, int) and not isinstance(tolerance, bool)
        if not whole or tolerance < 0:
            raise ValueError(
                "`tolerance` must be an int >= 0. "
                f"Received: tolerance={tolerance!r}"
            )
        if tolerance > self.largest_tolerance:
            raise ValueError(
                "`tolerance` must be less than half the distance between the "
                f"colours of two classes, {self.largest_tolerance} at most "
                f"here. Received: tolerance={tolerance}"
            )

    @functools.cached_property
    def largest_tolerance(self):
        """The largest with which no colour is near two classes, an int."""
        nearest = 511
        for place, color in enumerate(self._colors):
            others = self._colors[self._owners != self._owners[place]]
            far = np.abs(others - color).max(axis=-1)
            nearest = min(nearest, int(far.min(initial=nearest)))
        return (nearest - 1) // 2

    def match(self, codes):
        """Maps one mask.

        Args:
            codes: Array `(H, W)` of `pack`.

        Returns:
            `Matched`; pixels of unknown colours have the void id.
        """
        runs, lengths = value_runs(codes)
        values, places = np.unique(runs, return_inverse=True)
        pixels = np.bincount(places, weights=lengths).astype("int64")
        found = np.searchsorted(self._codes, values)
        found = found.clip(max=len(self._codes) - 1)
        known = self._codes[found] == values
        snapped = np.zeros_like(known)
        if self._tolerance and not known.all():
            strange = np.flatnonzero(~known)
            nearest, far = self._nearest(values[strange])
            near = far <= self._tolerance
            found[strange[near]] = nearest[near]
            snapped[strange[near]] = True
        unknown = ~(known | snapped)
        black = ~unknown & (self._owners[found] == self._void_owner)
        ids = np.where(unknown, self._void, self._ids[found])
        ids = np.repeat(ids[places], lengths).reshape(codes.shape)
        return Matched(
            ids,
            codes.size,
            unpack(values[unknown]),
            pixels[unknown].tolist(),
            int(pixels[snapped].sum()),
            int(pixels[black].sum()),
            all_small_greys(values) and not values[known].any(),
        )

    def nearest(self, colors):
        """Returns `(name, colour, distance)` of the class nearest to each."""
        if not len(colors):
            return []
        places, far = self._nearest(pack(colors))
        return [
            (self._names[self._owners[p]], tuple(self._colors[p].tolist()), f)
            for p, f in zip(places.tolist(), far.tolist(), strict=True)
        ]

    def _nearest(self, codes):
        """Returns the place of the nearest colour of each, and how far."""
        places, far = [], []
        for start in range(0, len(codes), _CHUNK):
            colors = np.array(unpack(codes[start : start + _CHUNK]), "int16")
            distances = np.abs(colors[:, None] - self._colors).max(axis=-1)
            places.append(distances.argmin(axis=-1))
            far.append(distances.min(axis=-1))
        return np.concatenate(places), np.concatenate(far)


def _dtype_of(ids):
    largest = max(ids)
    if largest > 65535:
        raise ValueError(
            "Label maps of ids are written with at most 16 bits. Received: "
            f"id {largest}. Give the class a smaller id in the class table."
        )
    return "uint8" if largest <= 255 else "uint16"
