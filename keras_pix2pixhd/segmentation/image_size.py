"""The size that a segmenter is trained at where none is given."""

from keras_pix2pixhd.data import RecordPairs

_LONGEST_SIDE = 448


def stored_size(pairs):
    """Returns `(height, width)` of the first pair as it is stored.

    Args:
        pairs: `Pairs` or `RecordPairs`.
    """
    if isinstance(pairs, RecordPairs):
        return pairs.side.sizes[pairs.side.names.index(pairs.names[0])]
    return pairs.size(0)


def default_size(height, width):
    """Returns a size that is at most 448 long, in proportion.

    >>> default_size(1280, 1918), default_size(360, 400)
    ((299, 448), (360, 400))
    """
    scale = min(1.0, _LONGEST_SIDE / max(height, width))
    return max(1, round(height * scale)), max(1, round(width * scale))
