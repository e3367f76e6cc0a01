"""Mapping whole label maps from file values to class indices."""

import numpy as np

from keras_pix2pixhd.data.class_table_checks import raise_unknown

_LOOKUP_SIZE = 65536


def map_ids(ids, index_of_id, source):
    """Maps `(H, W)` ids to int32 indices by a dict; refuses other ids."""
    ids = np.asarray(ids)
    if ids.ndim != 2 or ids.dtype.kind not in "iu":
        raise ValueError(
            "`ids` must be integers of shape (H, W). Received: "
            f"dtype={ids.dtype}, shape={ids.shape}"
        )
    if ids.size and (ids.min() < 0 or ids.max() >= _LOOKUP_SIZE):
        values, inverse = np.unique(ids, return_inverse=True)
        known = [index_of_id.get(value, -1) for value in values.tolist()]
        indices = np.array(known, "int32")[inverse].reshape(ids.shape)
    else:
        lookup = np.full(_LOOKUP_SIZE, -1, "int32")
        for value, index in index_of_id.items():
            if value < _LOOKUP_SIZE:
                lookup[value] = index
        indices = lookup[ids]
    if (indices < 0).any():
        values, counts = np.unique(ids[indices < 0], return_counts=True)
        raise_unknown("id", source, values.tolist(), counts.tolist())
    return indices


def map_colors(rgb, index_of_color, source):
    """Maps `(H, W, 3)` colours to int32 indices; refuses other colours."""
    rgb = np.asarray(rgb)
    if rgb.ndim != 3 or rgb.shape[-1] != 3 or rgb.dtype != np.uint8:
        raise ValueError(
            "`rgb` must be uint8 of shape (H, W, 3). Received: "
            f"dtype={rgb.dtype}, shape={rgb.shape}"
        )
    entries = sorted(
        (red << 16 | green << 8 | blue, index)
        for (red, green, blue), index in index_of_color.items()
    )
    codes, indices = np.array(entries, "int32").T
    red, green, blue = np.moveaxis(rgb.astype("int32"), -1, 0)
    packed = red << 16 | green << 8 | blue
    places = np.searchsorted(codes, packed).clip(max=len(codes) - 1)
    unknown = codes[places] != packed
    if unknown.any():
        values, counts = np.unique(packed[unknown], return_counts=True)
        colors = [(v >> 16, v >> 8 & 255, v & 255) for v in values.tolist()]
        raise_unknown("colour", source, colors, counts.tolist())
    return indices[places]
