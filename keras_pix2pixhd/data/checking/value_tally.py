import collections

# Masks that were blended or stored as JPEG can hold millions of colours.
_DIFFERENT = 65536


class ValueTally:
    """Pixels and files of each value in a series of label maps.

    At most 65,536 different values are told apart; the pixels of those that
    appear after them are counted in one sum.

    Attributes:
        pixels: `collections.Counter`, the number of pixels by value.
        files: `collections.Counter`, the number of files by value.
        other_pixels: Int, the pixels of values that are not told apart.

    Example:

    >>> tally = ValueTally()
    >>> tally.add([7, 8], [20, 1])
    >>> tally.add([7], [4])
    >>> tally.most_common()
    [(7, 24, 2), (8, 1, 1)]
    """

    def __init__(self):
        self.pixels = collections.Counter()
        self.files = collections.Counter()
        self.other_pixels = 0

    def __len__(self):
        return len(self.pixels)

    def add(self, values, counts):
        """Counts one file: its different values and their pixels."""
        for value, count in zip(values, counts, strict=True):
            if value in self.pixels or len(self.pixels) < _DIFFERENT:
                self.pixels[value] += count
                self.files[value] += 1
            else:
                self.other_pixels += count

    def most_common(self):
        """Returns tuples (value, pixels, files), the most pixels first."""
        ranked = sorted(self.pixels.items(), key=lambda item: -item[1])
        return [(value, n, self.files[value]) for value, n in ranked]
