"""From the ids in a file to class indices, in TensorFlow's graph."""

import numpy as np
import tensorflow as tf

_FEW = 8


def id_lookup(table, bits):
    """Returns the function from ids to class indices.

    Most tables are a few stretches of ids that are moved by a number each:
    that is arithmetic of bytes, far faster than a gather of every pixel.

    Args:
        table: `ClassTable`.
        bits: 8 or 16, of the ids.

    Returns:
        Function from a tensor of ids, uint8 or uint16, to a tensor of
        indices, of `table.dtype`, and a bool scalar: whether all were known.
    """
    indices = _indices(table, 2**bits)
    moves, gaps = _stretches(indices)
    if bits == 8 and table.dtype == "uint8" and len(moves) + len(gaps) <= _FEW:
        return lambda ids: (_moved(ids, moves), ~_any_within(ids, gaps))
    lookup = tf.constant(indices)

    def gather(ids):
        found = tf.gather(lookup, tf.cast(ids, "int32"))
        return tf.cast(found, table.dtype), tf.reduce_all(found >= 0)

    return gather


def _indices(table, count):
    """Returns the index of every id from 0 on, -1 where it has none."""
    indices = np.full(count, -1, "int32")
    for index, ids in enumerate(table.ids):
        indices[[i for i in ids if i < count]] = index
    indices[[i for i in table.void_ids if i < count]] = table.void_index
    return indices


def _stretches(indices):
    """Returns what arithmetic needs to look up.

    Returns:
        List of (first id, how much more is added from it on), and list of
        (first, last) ids that are unknown.
    """
    moves, added = [], 0
    for value in np.flatnonzero(indices >= 0).tolist():
        move = int(indices[value]) - value
        if move != added:
            moves.append((value, move - added))
            added = move
    unknown = np.concatenate([[False], indices < 0, [False]])
    edges = np.flatnonzero(np.diff(unknown))
    firsts, ends = edges[::2].tolist(), edges[1::2].tolist()
    return moves, [(a, b - 1) for a, b in zip(firsts, ends, strict=True)]


def _moved(ids, moves):
    result = ids
    for first, more in moves:
        step = tf.constant(more % 256, "uint8")  # bytes wrap around
        if first == 0:
            result += step
        else:
            result += tf.cast(ids >= first, "uint8") * step
    return result


def _any_within(ids, gaps):
    found = tf.constant(False)
    for first, last in gaps:
        if last == 255:
            inside = ids >= first
        elif first == 0:
            inside = ids <= last
        else:  # bytes below `first` wrap around
            inside = ids - first <= last - first
        found |= tf.reduce_any(inside)
    return found
