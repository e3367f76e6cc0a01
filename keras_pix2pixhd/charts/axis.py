"""Ticks and scales of the charts."""

import dataclasses
import math

from keras_pix2pixhd.charts.number_text import number

_TINY = 1e-250


@dataclasses.dataclass
class Axis:
    """Maps values to places on the page.

    Attributes:
        low, high: the values at both ends, `low < high`.
        start, end: where these are, in pixels.
        ticks: values to mark.
        log: whether the scale is logarithmic; then `low > 0`.

    Example:

    >>> Axis(0, 10, start=100, end=200, ticks=[0, 5, 10]).place(2.5)
    125.0
    """

    low: float
    high: float
    start: float
    end: float
    ticks: list
    log: bool = False

    def place(self, value):
        """Returns where `value` is, in pixels."""
        low, high = self.low, self.high
        if self.log:
            low, high, value = math.log(low), math.log(high), math.log(value)
        share = (value - low) / (high - low)
        return self.start + share * (self.end - self.start)

    def labels(self):
        """Returns the texts of the ticks, all with equally many decimals."""
        if self.log:
            return [number(float(tick), 1) for tick in self.ticks]
        return tick_texts(self.ticks)


def linear_ticks(low, high, most, whole=False, outward=False):
    """Returns round values in [low, high]: multiples of 1, 2 or 5 times 10^k.

    Args:
        low, high: floats, `low < high`.
        most: int, how many steps at most fit between them.
        whole: bool, whether only whole numbers are meant.
        outward: bool, whether the ticks begin at or before `low` and end at
            or after `high`.

    Example:

    >>> linear_ticks(0.3, 2.1, 4), linear_ticks(0.3, 2.1, 4, outward=True)
    ([0.5, 1.0, 1.5, 2.0], [0.0, 0.5, 1.0, 1.5, 2.0, 2.5])
    """
    step = round_step((high - low) / most)
    if whole:
        step = max(1, step)
    down, up = low / step + 1e-9, high / step - 1e-9
    if outward:
        first, last = math.floor(down), math.ceil(up)
    else:
        first, last = math.ceil(down - 2e-9), math.floor(up + 2e-9)
    decimals = max(0, _decimals(step))
    ticks = [round(i * step, decimals) for i in range(first, last + 1)]
    return [int(tick) for tick in ticks] if whole else ticks


def round_step(least):
    """Returns the smallest of 1, 2, 5 times 10^k that is at least `least`.

    >>> round_step(0.3), round_step(7), round_step(1)
    (0.5, 10.0, 1.0)
    """
    power = 10.0 ** math.floor(math.log10(least))
    for factor in (1, 2, 5):
        if factor * power >= least * (1 - 1e-9):
            return factor * power
    return 10 * power


def around(values):
    """Returns lowest and highest of finite values, apart where they are equal.

    >>> around([5.0, 5.0]), around([]), around([1, 3])
    ((4.5, 5.5), (0.0, 1.0), (1, 3))
    """
    if not values:
        return 0.0, 1.0
    # what no step of an axis could tell from zero
    values = [0 if abs(value) < _TINY else value for value in values]
    low, high = min(values), max(values)
    room = abs(low) / 10 or 0.5
    if high - low < 1e-9 * max(abs(low), abs(high), 1e-300):
        return low - room, high + room
    return low, high


def tick_texts(ticks):
    """Returns texts that tell the ticks apart, equally many decimals each.

    >>> tick_texts([0.5, 1.0]), tick_texts([0.0, 2e7])
    (['0.5', '1.0'], ['0', '2×10⁷'])
    """
    if len(ticks) == 1:
        return [number(ticks[0])]
    step, largest = ticks[1] - ticks[0], max(abs(tick) for tick in ticks)
    decimals = _decimals(step)
    if largest >= 1e6 or step < 1e-4:
        digits = math.floor(math.log10(largest)) + decimals + 1
        return [number(float(tick), min(digits, 12)) for tick in ticks]
    decimals = max(0, decimals)
    return [f"{tick:,.{decimals}f}".replace("-", "−") for tick in ticks]


def _decimals(step):
    """How many decimals multiples of 1, 2 or 5 times 10^k need."""
    return -math.floor(math.log10(step) + 1e-9)
