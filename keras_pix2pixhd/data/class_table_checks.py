"""What a `ClassTable` must hold, and the errors that say so."""

import collections.abc
import operator
import unicodedata

from keras_pix2pixhd.data.class_table_rows import LARGEST_ID
from keras_pix2pixhd.data.short_repr import short_repr

_SHOWN = 16
# Neither lists nor tuples, though they can be iterated over.
_NO_LISTS = (collections.abc.Mapping, set, frozenset, str, bytes, bytearray)
# Control characters, lone surrogates, separators of lines and of paragraphs.
_UNPRINTABLE = {"Cc", "Cs", "Zl", "Zp"}


class UnknownValuesError(ValueError):
    """Ids or colours of a label map that its class table does not have.

    Args:
        message: What the user reads.
        kind: `"id"` or `"colour"`.
        values: List of ints, or of `(red, green, blue)`.
        counts: List of the numbers of their pixels.
    """

    # defaults, because unpickling passes the message alone
    def __init__(self, message, kind=None, values=(), counts=()):
        super().__init__(message)
        self.kind = kind
        self.values = values
        self.counts = counts


def checked_names(names):
    names = (names,) if isinstance(names, str) else _listed("names", names)
    if not names:
        raise ValueError(
            "A class table must have at least one class. Received: names=()"
        )
    if len(names) > 65535:
        raise ValueError(
            "A class table can have at most 65535 classes. "
            f"Received: {len(names)} names"
        )
    if not all(isinstance(name, str) and name for name in names):
        raise ValueError(
            "`names` must be non-empty strings. "
            f"Received: names={short_repr(names)}"
        )
    for name in names:
        if any(unicodedata.category(sign) in _UNPRINTABLE for sign in name):
            raise ValueError(
                "Class names must have no line breaks, control characters or "
                f"halves of characters. Received: {short_repr(name)}"
            )
    repeated = _repeated(names)
    if repeated:
        raise ValueError(
            "Class names must differ. "
            f"Received more than once: {short_repr(repeated)}"
        )
    return names


def checked_ids(names, ids, void_ids):
    ids = tuple(_ids_of_one_class(entry) for entry in _listed("ids", ids))
    void_ids = _ids_of_one_class(void_ids)
    _check_length("ids", ids, names)
    for name, entry in zip(names, ids, strict=True):
        if not entry:
            raise ValueError(
                "Each class must have at least one id. "
                f"Received: none for class {short_repr(name)}"
            )
    every = [value for entry in ids for value in entry] + list(void_ids)
    beyond = [value for value in every if not 0 <= value <= LARGEST_ID]
    if beyond:
        raise ValueError(
            f"Ids must lie in [0, {LARGEST_ID}]. Received: {short_repr(beyond)}"
        )
    repeated = _repeated(every)
    if repeated:
        raise ValueError(
            "An id must belong to one class only, or to `void_ids` only. "
            f"Received more than once: {short_repr(repeated)}"
        )
    return ids, void_ids


def checked_colors(names, colors):
    """Returns the first colour of each class, and the others of each."""
    entries = _listed("colors", colors)
    colors = tuple(_colors_of_one_class(entry) for entry in entries)
    _check_length("colors", colors, names)
    repeated = _repeated([color for entry in colors for color in entry])
    if repeated:
        raise ValueError(
            "The colours of the classes must differ. "
            f"Received more than once: {short_repr(repeated)}"
        )
    return tuple(c[0] for c in colors), tuple(c[1:] for c in colors)


def raise_unknown(kind, source, values, counts):
    """Raises `UnknownValuesError` for what the table does not have."""
    listed = [
        f"{value} ({count} pixel{'s' * (count != 1)})"
        for value, count in zip(values[:_SHOWN], counts, strict=False)
    ]
    home = "to a class of the table"
    if kind == "id":
        home += " or to its `void_ids`"
    if kind == "id":
        way_out = "Add it to a class's `ids`, or to `void_ids` to ignore it."
    else:
        way_out = "Give it a class, or repaint it in a colour of the table."
    jpeg = source.lower().rstrip('"').endswith((".jpg", ".jpeg"))
    if jpeg or len(values) > _SHOWN:
        way_out = (
            "JPEG compression and blending resizes make such values: store "
            f"label maps as PNG, resize them nearest. If it is meant: {way_out}"
        )
    if len(values) > _SHOWN:
        listed.append(f"and {len(values) - _SHOWN} more")
    message = (
        f"Every {kind} of {source or 'a label map'} must belong {home}. "
        f"Received: {', '.join(listed)}. {way_out}"
    )
    raise UnknownValuesError(message, kind, values, counts)


def _listed(what, values):
    try:
        if not isinstance(values, _NO_LISTS):
            return tuple(values)
    except TypeError:
        pass
    raise ValueError(
        f"`{what}` must be a list or tuple with one entry per class. "
        f"Received: {what}={short_repr(values)}"
    )


def _ids_of_one_class(entry):
    several = _is_listed(entry)
    entry = tuple(entry) if several else entry
    try:
        return tuple(map(_integer, entry if several else (entry,)))
    except TypeError as error:
        raise ValueError(
            f"Ids must be integers. Received: {short_repr(entry)}"
        ) from error


def _colors_of_one_class(entry):
    entry = tuple(entry) if _is_listed(entry) else entry
    several = entry and isinstance(entry, tuple)
    if several and all(hasattr(color, "__iter__") for color in entry):
        return tuple(_color(color) for color in entry)
    return (_color(entry),)


def _color(color):
    try:
        channels = tuple(map(_integer, color)) if _is_listed(color) else ()
    except TypeError:
        channels = ()
    if len(channels) != 3 or min(channels) < 0 or max(channels) > 255:
        raise ValueError(
            "A colour must be three integers (red, green, blue) in [0, 255]. "
            f"Received: {short_repr(color)}"
        )
    return channels


def _is_listed(value):
    return hasattr(value, "__iter__") and not isinstance(value, _NO_LISTS)


def _integer(value):
    if isinstance(value, bool):
        raise TypeError("a truth value, which Python takes for 0 or 1")
    return operator.index(value)


def _check_length(what, values, names):
    if len(values) != len(names):
        raise ValueError(
            f"`{what}` must have one entry per class, {len(names)} here. "
            f"Received: {len(values)} entries"
        )


def _repeated(values):
    seen = set()
    return sorted({v for v in values if v in seen or seen.add(v)})
