"""Values in error messages, short however large the value is."""

import reprlib

_LENGTH = 240
_DIGITS = 40


class _Short(reprlib.Repr):
    def __init__(self):
        super().__init__()
        self.maxlevel = 3
        self.maxlist = self.maxtuple = self.maxset = self.maxfrozenset = 16
        self.maxstring = self.maxother = 80

    def repr_int(self, value, level):
        if abs(value) < 10**_DIGITS:
            return repr(value)
        # Python refuses to print the longest of all
        return f"<an int of {value.bit_length()} bits>"


def short_repr(value):
    """Returns `repr(value)`, or the first of it where it is long.

    A list within lists takes no longer to show than it is shown, however
    often one of them stands in another.

    Example:

    >>> short_repr(list(range(99)))
    '[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, ...]'
    """
    text = _Short().repr(value)
    return text if len(text) <= _LENGTH else text[:_LENGTH] + "..."
