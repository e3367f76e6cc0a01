"""The instances of a label map, and the class of each."""

import typing

import numpy as np


class Instances(typing.NamedTuple):
    """What `find_instances` returns, in the order of the ids.

    Attributes:
        places: `(H, W)` integers, which instance each pixel belongs to.
        classes: `(n,)` class indices; `num_classes` for a void instance.
        areas: `(n,)` numbers of pixels.
        firsts: `(n,)` places of the first pixels in the flattened map.
    """

    places: np.ndarray
    classes: np.ndarray
    areas: np.ndarray
    firsts: np.ndarray


def find_instances(label, ids, num_classes):
    """Finds the instances of one map; the class of most pixels is theirs.

    Args:
        label: `(H, W)` class indices; `num_classes` and above are void.
        ids: `(H, W)` integers, the same for the pixels of an instance.
        num_classes: int.

    Returns:
        `Instances`. Of classes with equally many pixels, the first counts,
        and void last.

    Example:

    >>> found = find_instances(
    ...     np.array([[0, 1, 1]]), np.array([[7, 7, 7]]), num_classes=2)
    >>> found.classes.tolist(), found.areas.tolist()
    ([1], [3])
    """
    _, firsts, places, areas = np.unique(
        ids.ravel(),
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    indices = np.minimum(label.ravel(), num_classes).astype("int64")
    # only the pairs of instance and class that occur: there may be as many
    # instances as pixels
    votes, counts = np.unique(
        places * (num_classes + 1) + indices, return_counts=True
    )
    voters, classes = np.divmod(votes, num_classes + 1)
    order = np.lexsort((-classes, counts, voters))
    winners = order[np.append(np.diff(voters[order]) > 0, True)]
    return Instances(places.reshape(ids.shape), classes[winners], areas, firsts)
