"""Paddings and crops of sizes that are known only when a graph runs.

`keras.ops.shape` of a `keras.KerasTensor` has `None` there, and a number in
its place would be kept in the graph. So sizes are counted in the data: all
functions take and return `keras.KerasTensor`.
"""

import numpy as np
from keras import ops


def places(x, axis):
    """Returns 0, 1, 2, ... of the rows or columns of `x`, int32.

    Args:
        x: `(batch, height, width, channels)`, of any dtype.
        axis: 1 for rows, 2 for columns.
    """
    line = x[0, :, 0, 0] if axis == 1 else x[0, 0, :, 0]
    return _counted(line)


def padded_places(x, axis, multiple, minimum):
    """Returns the rows or columns that `PadToMultiple2D` takes.

    0, 1, 2, ..., the last, the last, ...: as many as the smallest multiple of
    `multiple` that holds all of them and is at least `minimum`.

    Args:
        x, axis: as for `places`.
        multiple, minimum: int.
    """
    rows = places(x, axis)
    least = -(-minimum // multiple)
    # one for each block of `multiple`; behind `least`, as many as there are
    blocks = ops.pad(rows[..., ::multiple][..., least:], ((least, 0),))
    first = ops.expand_dims(_counted(blocks) * multiple, 1)
    inside = np.arange(multiple, dtype="int32")
    return ops.minimum(ops.reshape(first + inside, (-1,)), ops.max(rows))


def taken(x, rows, columns):
    """Returns these rows and columns of `x`, as `ops.take` does."""
    return ops.take(ops.take(x, rows, axis=1), columns, axis=2)


def _counted(line):
    ones = ops.ones_like(line, dtype="int32")
    return ops.cast(ops.cumsum(ones), "int32") - 1
