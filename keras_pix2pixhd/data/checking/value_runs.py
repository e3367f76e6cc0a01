"""Counting the values of label maps, which come in long stretches."""

import numpy as np


def value_runs(values):
    """Finds the stretches of equal neighbours, row by row.

    Label maps have far fewer stretches than pixels, so that sorting these is
    cheap.

    Args:
        values: NumPy array of any shape, not empty.

    Returns:
        Two arrays: the value of each stretch, and its length.

    Example:

    >>> value_runs(np.array([[7, 7, 7], [7, 5, 7]]))
    (array([7, 5, 7]), array([4, 1, 1]))
    """
    flat = np.ravel(values)
    starts = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    starts = np.concatenate([[0], starts])
    return flat[starts], np.diff(starts, append=flat.size)


def count_values(values):
    """Counts the pixels of each value.

    Args:
        values: NumPy integer array of any shape, not empty.

    Returns:
        Two arrays: the different values, ascending, and their numbers.
    """
    runs, lengths = value_runs(values)
    found, places = np.unique(runs, return_inverse=True)
    # sums of integers below 2 ** 53 are exact
    counts = np.bincount(places, weights=lengths).astype("int64")
    return found, counts
