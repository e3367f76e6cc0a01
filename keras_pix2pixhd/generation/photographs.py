"""What `generate_folder` returns."""

import collections.abc


class Photographs(collections.abc.Sequence):
    """The paths of the photographs of some label maps, in their order.

    Of a million, no more is held than the names of the label maps.

    Args:
        targets: `Targets`.
        places: range, which of them.
        failed: dict from the place of a label map without photographs to the
            reason.
        painted: int, photographs that were painted just now.
        labels: `Files` of the label maps.

    Attributes:
        painted: int, how many were painted just now.
        there: int, how many were there already.
        failed: dict from the path of a label map that could not be read to
            the reason.
    """

    def __init__(self, targets, places, failed, painted, labels):
        self._targets = targets
        self._places = places
        if failed:
            self._places = [place for place in places if place not in failed]
        self.failed = {labels.path(p): failed[p] for p in sorted(failed)}
        self.painted = painted
        self.there = len(self) - painted

    def __len__(self):
        return len(self._places) * self._targets.each

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        index = range(len(self))[index]
        place, style = divmod(index, self._targets.each)
        return self._targets[self._places[place]][style]

    def __eq__(self, other):
        if not isinstance(other, collections.abc.Sequence):
            return NotImplemented
        return list(self) == list(other)

    __hash__ = None

    def __repr__(self):
        return (
            f"<{len(self)} photographs: {self.painted} painted, {self.there} "
            f"there already, {len(self.failed)} label maps failed>"
        )
