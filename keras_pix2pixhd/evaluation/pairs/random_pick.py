"""Random pairs, the same for every run."""

import numpy as np

# Both kinds of ranked examples together may take as many as this, less one.
_KINDS = 3


class RandomPick:
    """Keeps enough random pairs that some are left besides the ranked ones.

    Args:
        total: int, how many pairs there will be.
        count: int, how many to show.
        seed: int.
    """

    def __init__(self, total, count, seed):
        order = np.random.default_rng(seed).permutation(total).tolist()
        self._order, self._count = order[: _KINDS * count], count
        self._kept = dict.fromkeys(self._order)

    def add(self, place, images):
        """Keeps what is at a place, if it may be shown."""
        if place in self._kept:
            self._kept[place] = images

    def besides(self, ranked):
        """Returns `(place, images)` of those to show, in their order.

        The first of the random order that are not ranked, and ranked ones
        where there are no others. The first `count` of the random order are
        thus always shown or ranked.

        Args:
            ranked: set of places that are shown anyway.
        """
        order = sorted(self._order, key=lambda place: place in ranked)
        return [(p, self._kept[p]) for p in sorted(order[: self._count])]
