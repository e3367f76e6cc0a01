import numpy as np


def connected_components(label):
    """Numbers the connected regions of label maps.

    Pixels of the same value that touch at a side, not at a corner, are one
    region. This makes an instance map where there is none: touching objects
    of a class become one instance, and an object cut in two becomes two.

    Args:
        label: Integer array `(H, W)`, or `(B, H, W)` for a batch of maps.
            Void is a value like any other.

    Returns:
        NumPy array of the same shape, int32: the regions of each map, from 0
        on, in the order of their first pixel, row by row.

    Raises:
        ValueError: If `label` is not such an array, or is empty.

    Example:

    >>> connected_components(np.array([[7, 7, 0], [0, 0, 7]]))
    array([[0, 0, 1],
           [2, 2, 3]], dtype=int32)
    """
    label = np.asarray(label)
    wrong_type = label.dtype.kind not in "iub"
    if label.ndim not in (2, 3) or wrong_type or label.size == 0:
        raise ValueError(
            "`label` must be (H, W) or (B, H, W) integers, at least one. "
            f"Received: shape={label.shape}, dtype={label.dtype}"
        )
    maps = label if label.ndim == 3 else label[None]
    # A run is a stretch of equal pixels in a row; there are far fewer of
    # them than pixels.
    starts = np.ones(maps.shape, bool)
    np.not_equal(maps[:, :, 1:], maps[:, :, :-1], out=starts[:, :, 1:])
    runs = np.cumsum(starts, dtype="int32").reshape(maps.shape) - 1
    first_runs = _joined(runs[-1, -1, -1] + 1, *_touching(maps, starts, runs))
    ranks = np.cumsum(first_runs == np.arange(len(first_runs)), dtype="int32")
    regions = ranks[first_runs][runs]
    return (regions - regions[:, :1, :1]).reshape(label.shape)


def _touching(maps, starts, runs):
    """Returns pairs of equal runs in neighbouring rows, (upper, lower)."""
    touch = maps[:, 1:] == maps[:, :-1]
    touch &= starts[:, 1:] | starts[:, :-1]  # once where they begin to touch
    return runs[:, :-1][touch], runs[:, 1:][touch]


def _joined(count, a, b):
    """Returns, for each of `count` nodes, the first that it is joined to.

    Args:
        count: Number of nodes.
        a, b: Node numbers; `a[i]` and `b[i]` are joined.
    """
    roots = np.arange(count, dtype="int32")
    while True:
        a, b = roots[a], roots[b]
        apart = a != b
        if not apart.any():
            return roots
        a, b = a[apart], b[apart]
        # Each root takes the smallest that it touches, then every node
        # looks up its root's root, in ever longer jumps.
        np.minimum.at(roots, np.maximum(a, b), np.minimum(a, b))
        while ((jump := roots[roots]) != roots).any():
            roots = jump
