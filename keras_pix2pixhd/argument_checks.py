"""What arguments of all kinds of things must be."""

import numbers
import os
import pathlib

_SMALLEST = 2.0**-126  # that hardware does not take for zero
_LARGEST = (2 - 2.0**-23) * 2.0**127


def checked_count(name, value, least=1):
    """Returns a count as an `int`.

    Args:
        name: str, what the argument is called.
        value: what was given for it.
        least: int, default 1.

    Raises:
        ValueError: if it is no integer, or below `least`.

    Example:

    >>> checked_count("every", 3)
    3
    """
    whole = isinstance(value, numbers.Integral) and not isinstance(value, bool)
    if not whole or value < least:
        raise ValueError(
            f"{name} must be an integer, at least {least}. Received: "
            f"{name}={value!r}"
        )
    return int(value)


def check_choice(name, value, choices):
    """Refuses what is none of the choices.

    Args:
        name: str, what the argument is called.
        value: what was given for it.
        choices: sequence of str, and maybe `None`.

    Raises:
        ValueError: if it is none of them.
    """
    if value not in choices:
        known = ", ".join(map(repr, choices))
        raise ValueError(
            f"{name} must be one of {known}. Received: {name}={value!r}"
        )


def checked_path(name, value):
    """Returns a path as a `pathlib.Path`.

    Args:
        name: str, what the argument is called.
        value: what was given for it, str or `os.PathLike`.

    Raises:
        ValueError: if it is neither.
    """
    path = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(path, str):
        raise ValueError(
            f"{name} must be a path: text, or a pathlib.Path. Received: "
            f"{name}={value!r}"
        )
    return pathlib.Path(path)


def is_float32(value):
    """Whether a number is one in float32: finite, and zero only if it is.

    Args:
        value: int or float.

    Example:

    >>> is_float32(0.5), is_float32(0), is_float32(1e-320), is_float32(1e39)
    (True, True, False, False)
    """
    try:
        size = abs(float(value))
    except OverflowError:
        return False
    return size == 0 or _SMALLEST <= size <= _LARGEST
