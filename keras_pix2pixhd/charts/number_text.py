"""Numbers as a reader wants them."""

import math

MISSING = "–"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value, digits=4):
    """Returns a number with so many significant digits.

    Args:
        value: a number, or `None` or NaN for a missing one. An int is shown
            whole.
        digits: int, at least 1. Defaults to `4`.

    Example:

    >>> print(number(0.73216), number(1234567), number(-2.5e-7), number(None))
    0.7322 1,234,567 −2.500×10⁻⁷ –
    """
    if not is_number(value):
        return MISSING
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞"
    if isinstance(value, int) and abs(value) < 1e9:
        return f"{value:,}".replace("-", "−")
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    exponent = int(exponent)
    if float(mantissa) == 0:
        return "0"
    if -5 < exponent < 7:
        text = f"{value:,.{max(0, digits - 1 - exponent)}f}"
    else:
        text = f"{mantissa}×10{str(exponent).translate(_SUPERSCRIPTS)}"
    return text.replace("-", "−")


def share(value):
    """Returns a share in [0, 1] in percent, or an en dash.

    >>> share(0.483)
    '48\\xa0%'
    """
    if not is_finite(value):
        return MISSING
    return f"{100 * value:.0f}\N{NO-BREAK SPACE}%"


def is_number(value):
    """Whether `value` is a number, infinite ones included, NaN not.

    >>> is_number(3), is_number(float("nan")), is_number(None), is_number("3")
    (True, False, False, False)
    """
    try:
        return not isinstance(value, str) and not math.isnan(value)
    except TypeError:
        return False


def is_finite(value):
    """Whether `value` is a number that a chart can show.

    >>> is_finite(3.5), is_finite(float("inf")), is_finite(None)
    (True, False, False)
    """
    return is_number(value) and abs(value) < 1e150
