import collections

import numpy as np


class InstanceTally:
    """Adds up the facts of instance maps, one by one."""

    def __init__(self):
        self._per_image = collections.Counter()
        self._pixels = collections.Counter()
        self._lowest, self._highest = None, None
        self._crossing = 0
        self._crossing_pairs = []

    def add(self, pair, facts):
        """Adds the `InstanceFacts` of the pair of that name."""
        self._per_image[len(facts.numbers)] += 1
        self._pixels.update(facts.pixels.tolist())
        low, high = int(facts.numbers[0]), int(facts.numbers[-1])
        first = self._lowest is None
        self._lowest = low if first else min(self._lowest, low)
        self._highest = high if first else max(self._highest, high)
        if facts.crossing:
            self._crossing += facts.crossing
            self._crossing_pairs.append(pair)

    def summary(self):
        """Returns what was added.

        Returns:
            `None` without any map, else a dict: `"instances"`, their number
            in all; `"ids"`, the lowest and the highest number; `"per_image"`
            and `"pixels"`, dicts with `"min"`, `"median"` and `"max"`;
            `"crossing_classes"`, how many instances have pixels of more than
            one class, and `"crossing_pairs"`, the names of their pairs.
        """
        if not self._per_image:
            return None
        return {
            "instances": self._pixels.total(),
            "ids": [self._lowest, self._highest],
            "per_image": _spread(self._per_image),
            "pixels": _spread(self._pixels),
            "crossing_classes": self._crossing,
            "crossing_pairs": self._crossing_pairs,
        }


def _spread(counter):
    """Returns the least, the middle (the lower of two) and the largest."""
    values, counts = np.array(sorted(counter.items())).T
    middle = np.searchsorted(np.cumsum(counts), (counts.sum() + 1) // 2)
    return {
        "min": int(values[0]),
        "median": int(values[middle]),
        "max": int(values[-1]),
    }
