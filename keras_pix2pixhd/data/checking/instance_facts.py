"""What is in one instance map."""

import typing

import numpy as np

from keras_pix2pixhd.data.checking.value_runs import count_values


class InstanceFacts(typing.NamedTuple):
    """The instances of one map.

    Attributes:
        numbers: Array of their numbers, ascending.
        pixels: Array of their sizes, in the same order.
        crossing: How many of them have pixels of more than one class, void
            not counted.
    """

    numbers: np.ndarray
    pixels: np.ndarray
    crossing: int


def instance_facts(instance, label=None, classes=0):
    """Measures the instances of a map.

    Args:
        instance: Integer array `(H, W)`.
        label: Array `(H, W)` of class indices. Defaults to `None`: there are
            no classes to cross.
        classes: Int, number of classes; indices from there on are void.

    Returns:
        `InstanceFacts`.

    Example:

    >>> instance_facts(
    ...     np.array([[26001, 26001, 7]]), np.array([[1, 0, 0]]), classes=2)
    InstanceFacts(numbers=array([    7, 26001]), pixels=array([1, 2]),
                  crossing=1)
    """
    codes = instance.astype("int64") << 16
    if label is not None:
        codes |= label
    codes, counts = count_values(codes)
    owners, indices = codes >> 16, codes & 0xFFFF
    numbers, places = np.unique(owners, return_inverse=True)
    pixels = np.bincount(places, weights=counts).astype("int64")
    of_class = np.bincount(places[indices < classes], minlength=len(numbers))
    return InstanceFacts(numbers, pixels, int((of_class > 1).sum()))
