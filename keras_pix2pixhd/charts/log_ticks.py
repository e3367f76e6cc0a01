"""Ticks of logarithmic scales."""

import itertools
import math

_ROOM = 0.03  # of the height, above and below the lines


def log_ticks(low, high, most):
    """Returns round values, the first below `low`, the last above `high`.

    They are 1, 2 and 5 times 10^k, else 1 and 3 times, else powers of ten, as
    many as fit. Values keep some room from both ends.

    Args:
        low, high: floats, `0 < low < high`.
        most: int, at least 2, how many steps at most fit between them.

    Example:

    >>> log_ticks(0.4, 7, 6), log_ticks(0.4, 80, 6)
    ([0.2, 0.5, 1.0, 2.0, 5.0, 10.0], [0.3, 1.0, 3.0, 10.0, 30.0, 100.0])
    """
    low, high = math.log10(low), math.log10(high)
    room = _ROOM * (high - low)
    sparse = (((1,), stride) for stride in itertools.count(1))
    dense = [((1, 2, 5), 1), ((1, 3), 1)]
    for factors, stride in itertools.chain(dense, sparse):
        ticks = _enclosing(low - room, high + room, factors, stride)
        if len(ticks) <= most + 1:
            return ticks


def _enclosing(low, high, factors, stride):
    """From the last at or below 10^low to the first at or above 10^high."""
    first = stride * math.floor(low / stride)
    places = [
        (power + math.log10(factor), float(f"{factor}e{power}"))
        for power in range(first, math.ceil(high) + stride, stride)
        for factor in factors
    ]
    down = max(place for place, _ in places if place <= low)
    up = min(place for place, _ in places if place >= high)
    return [tick for place, tick in places if down <= place <= up]
