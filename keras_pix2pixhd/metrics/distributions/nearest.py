"""Nearest neighbours among features, in blocks of bounded memory."""

import numpy as np

from keras_pix2pixhd.metrics.distributions.feature_checks import (
    checked_features,
)

_ROWS, _COLUMNS = 512, 2048  # of a block of distances: 8 MB
_PAIRS = 512  # whose differences are taken at once
_CANCELLED = 1e-7  # relative squared distance that is computed exactly


def nearest_references(features, reference):
    """Finds the nearest reference of each feature.

    Args:
        features: `(n, dimensions)` array of finite numbers.
        reference: `FeatureReference`, or `(m, dimensions)` array, one at
            least.

    Returns:
        `(indices, distances)`: NumPy arrays `(n,)`, int64 positions in the
        reference, the first of equals, and float64 Euclidean distances.

    Raises:
        ValueError: if the arrays are not that.

    Example:

    >>> indices, distances = nearest_references([[3.0]], [[1.0], [4.0]])
    >>> indices.tolist(), distances.tolist()
    ([1], [1.0])
    """
    features, reference = _both(features, reference)
    if not len(reference):
        raise ValueError(
            "The reference must hold at least one image. Received: none"
        )
    indices = np.zeros(len(features), "int64")
    center = _center(reference)
    for rows in _slices(len(features), _ROWS):
        best = np.full(len(features[rows]), np.inf)
        for start, block in _blocks(features[rows], reference, center):
            places = block.argmin(1)
            values = np.take_along_axis(block, places[:, None], 1)[:, 0]
            nearer = values < best
            indices[rows][nearer] = start + places[nearer]
            best[nearer] = values[nearer]
    return indices, _distances(features, reference[indices])


def neighbour_radii(features, neighbours):
    """Squared distance of each feature to its k-th nearest other one.

    Args:
        features: `(n, dimensions)` array, more than `neighbours`.
        neighbours: int, k.

    Returns:
        NumPy array `(n,)`, float64.
    """
    features, _ = _both(features, features)
    radii, center = np.zeros(len(features)), _center(features)
    for rows in _slices(len(features), _ROWS):
        nearest = np.empty((len(features[rows]), 0))
        for _, block in _blocks(features[rows], features, center):
            nearest = np.concatenate([nearest, block], 1)
            if nearest.shape[1] > neighbours + 1:
                nearest = np.partition(nearest, neighbours, 1)
                nearest = nearest[:, : neighbours + 1]
        # the nearest of all is the feature itself
        radii[rows] = nearest.max(1)
    return radii


def share_inside(features, centers, radii):
    """Share of the features that lie in at least one ball.

    Args:
        features: `(n, dimensions)` array.
        centers: `(m, dimensions)` array.
        radii: `(m,)` array, squared.

    Returns:
        Float in [0, 1].
    """
    features, centers = _both(features, centers)
    inside, center = np.zeros(len(features), bool), _center(centers)
    for rows in _slices(len(features), _ROWS):
        for start, block in _blocks(features[rows], centers, center):
            near = block <= radii[start : start + block.shape[1]]
            inside[rows] |= near.any(1)
    return float(inside.mean())


def _both(features, reference):
    reference = getattr(reference, "features", reference)
    reference = checked_features(reference, "reference")
    features = checked_features(features, dimensions=reference.shape[1])
    return features, reference


def _slices(count, step):
    return [slice(i, i + step) for i in range(0, count, step)]


def _blocks(rows, features, center):
    """Yields the first column and the squared distances of each block."""
    rows = rows - center
    for columns in _slices(len(features), _COLUMNS):
        others = features[columns] - center
        squares = np.square(rows).sum(1)[:, None] + np.square(others).sum(1)
        block = squares - 2 * rows @ others.T
        cancelled = np.argwhere(block < _CANCELLED * squares)
        for pairs in _slices(len(cancelled), _PAIRS):
            i, j = cancelled[pairs].T
            block[i, j] = np.square(rows[i] - others[j]).sum(1)
        yield columns.start, block


def _center(features):
    """A point among most of the features, near which little cancels."""
    some = features[:: max(1, len(features) // _COLUMNS)].astype("float64")
    return np.quantile(some, 0.5, axis=0, method="lower", keepdims=True)


def _distances(x, y):
    found = np.zeros(len(x))
    for rows in _slices(len(x), _ROWS):
        step = x[rows].astype("float64") - y[rows]
        found[rows] = np.sqrt(np.square(step).sum(1))
    return found
