"""The bytes of a pair in a record, and how they are to be decoded."""

import io

import numpy as np

from keras_pix2pixhd.data.pipeline.native_files import way_to_read
from keras_pix2pixhd.data.pipeline.packed_images import as_image
from keras_pix2pixhd.data.records.index_file import LARGEST_SIZE

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
        ValueError: If a file cannot be read, does not fit the others or is
            too large.
    """
    arrays = pairs.read(index)
    height, width = arrays["image"].shape[:2]
    if max(height, width) > LARGEST_SIZE:
        raise ValueError(
            f"Pairs must be {LARGEST_SIZE} pixels high and wide at most. "
            f"Received: {height} x {width} of {pairs.names[index]!r}"
        )
    data, ways = {}, {}
    for kind, array in arrays.items():
        data[kind], ways[kind] = _encoded(pairs, index, kind, array)
    return data, ways, (height, width)


def name_bytes(name):
    """Returns the name of a pair as a record holds it.

    File names that are not UTF-8 stay the bytes that they are.

    >>> name_bytes("caf\\u00e9"), name_bytes("caf\\udce9")
    (b'caf\\xc3\\xa9', b'caf\\xe9')
    """
    return name.encode("utf-8", "surrogateescape")


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
