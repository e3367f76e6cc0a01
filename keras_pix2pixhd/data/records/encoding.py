"""The bytes of a pair in a record, and how they are to be decoded."""

import io

import numpy as np

from keras_pix2pixhd.data.pipeline.native_files import way_to_read
from keras_pix2pixhd.data.pipeline.packed_images import as_image

# Photographs that are kept as they are, byte for byte.
_KEPT = ("jpeg", "png")


def encoded(pairs, index):
    """Reads a pair and encodes it.

    Args:
        pairs: `Pairs`.
        index: Number of the pair.

    Returns:
        Dict from kind to its bytes, dict from kind to the way they are
        decoded, and `(height, width)`.

    Raises:
        ValueError: If a file cannot be read or does not fit the others.
    """
    arrays = pairs.read(index)
    data, ways = {}, {}
    for kind, array in arrays.items():
        data[kind], ways[kind] = _encoded(pairs, index, kind, array)
    return data, ways, arrays["image"].shape[:2]


def _encoded(pairs, index, kind, array):
    if array.ndim == 3:
        store, place = pairs.source(index, kind)
        way = way_to_read(store, store.header(place), True, False)
        if way in _KEPT:
            return store.files[place].read_bytes(), way
        return _png(array), "png"
    if kind == "label":
        small = array.dtype == np.uint8
        name = "indices8" if small else "indices16"
        return _png(array if small else array.astype("uint16")), name
    if 0 <= array.min() and array.max() < 2**16:
        return _png(array.astype("uint16")), "ids16"
    return _png(array), "int32"


def _png(array):
    file = io.BytesIO()
    as_image(array).save(file, format="PNG")
    return file.getvalue()
