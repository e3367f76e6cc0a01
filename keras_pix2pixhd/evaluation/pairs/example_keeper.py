"""The few pairs of an evaluation that are shown."""

import heapq

from keras_pix2pixhd.evaluation.example import Example
from keras_pix2pixhd.evaluation.pairs.random_pick import RandomPick

# In this order, what pairs are ranked by; the end of a key tells the rest.
_RANKING = ("perceptual", "ssim", "ms_ssim", "psnr", "l1", "mean_iou")
_LOWER_IS_BETTER = ("perceptual", "l1")


def ranking_key(keys):
    """Returns the number that pairs are ranked by, or `None`.

    >>> ranking_key(["l1", "psnr", "ssim", "ms_ssim_4_scales"])
    'ssim'
    """
    for start in _RANKING:
        for key in keys:
            if key.startswith(start):
                return key
    return None


class ExampleKeeper:
    """Keeps the best, the worst and some random pairs, and no more.

    Args:
        total: int, how many pairs there will be.
        count: int, how many of each kind to keep. No pair is both among the
            best and among the worst, and none of these is among the random
            ones while there are others.
        seed: int, of the order of the random ones. The first `count` of
            it are always among the examples, of one kind or another, so
            that several runs have them in common.
        shown: function from a label map to its colours.
    """

    def __init__(self, total, count, seed, shown):
        self._shown = shown
        self._most = {
            "best": min(count, (total + 1) // 2),
            "worst": min(count, total // 2),
        }
        self._ranked = {"best": [], "worst": []}
        self._random = RandomPick(total, count, seed)
        self._seen = 0

    def add(self, row, label, generated, real):
        """Shows a pair, the next one.

        Args:
            row: dict of its `"name"` and its numbers.
            label, generated, real: arrays of it.
        """
        place = self._seen
        self._seen += 1
        key = ranking_key(row)
        value = None if key is None else row[key]
        images = (row, label, generated, real)
        self._random.add(place, images)
        if value is None:
            return
        worth = -value if key.startswith(_LOWER_IS_BETTER) else value
        self._push("best", (worth, -place, images))
        self._push("worst", (-worth, -place, images))

    def examples(self):
        """Returns the examples: the best first, the worst first, random.

        Returns:
            List of `(place, Example)`.
        """
        found = []
        for kind, heap in self._ranked.items():
            for _, place, images in sorted(heap, reverse=True):
                found.append((-place, self._example(kind, *images)))
        for place, images in self._random.besides({p for p, _ in found}):
            found.append((place, self._example("random", *images)))
        return found

    def _push(self, kind, entry):
        heap = self._ranked[kind]
        if len(heap) < self._most[kind]:
            heapq.heappush(heap, entry)
        elif heap:
            heapq.heappushpop(heap, entry)

    def _example(self, kind, row, label, generated, real):
        return Example(
            kind=kind,
            name=row["name"],
            label=self._shown(label),
            generated=generated,
            real=real,
            nearest=None,
            values=row,
        )
