"""How a cost grows: the exponent of a power law."""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True)
class PowerLaw:
    """`factor * x**exponent`."""

    factor: float
    exponent: float

    def __call__(self, x):
        return self.factor * np.asarray(x, "float64") ** self.exponent


def fitted(x, y):
    """The straight line through logarithms, least squares.

    Args:
        x, y: as many numbers above 0 as each other, two at least.

    Returns:
        `PowerLaw`.

    Example:

    >>> law = fitted([1, 2, 4], [3, 12, 48])
    >>> round(law.factor, 6), round(law.exponent, 6)
    (3.0, 2.0)
    """
    exponent, factor = np.polyfit(np.log(x), np.log(y), 1)
    return PowerLaw(float(np.exp(factor)), float(exponent))
