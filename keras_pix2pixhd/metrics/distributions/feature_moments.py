"""Mean and covariance of a stream of features, in bounded memory."""

import numpy as np

from keras_pix2pixhd.metrics.distributions.feature_checks import (
    checked_features,
)

_SMALLEST_BLOCK = 256
_NOISE = 1e-12  # of float64, relative to the mean


class FeatureMoments:
    """Number, mean and covariance of a stream of features.

    The covariance is kept as a factor `R` with `R^T R` the sum of the outer
    products of the centred features. New features are folded into it by a QR
    decomposition, never squared: nothing cancels where the mean is large,
    and with fewer images than dimensions the factor is the centred features
    themselves. Everything is float64.

    Features are folded in blocks of a fixed number of rows, so that the
    result does not depend on the batch size, to the bit. Memory: three
    matrices of dimensions x dimensions, and five more while a block is folded.

    Example:

    >>> moments = FeatureMoments()
    >>> moments.update([[1.0, 0.0], [3.0, 0.0]])
    >>> moments.update([[5.0, 3.0]])
    >>> moments.count, moments.mean.tolist()
    (3, [3.0, 1.0])
    >>> moments.covariance.round(6).tolist()
    [[4.0, 3.0], [3.0, 3.0]]

    Reference:
        Golub and Van Loan: Matrix Computations, updating of QR
        factorizations.
    """

    def __init__(self):
        self.dimensions = None
        self._folded = None  # (count, mean, factor)
        self._waiting = []  # features that do not make a block yet
        self._waiting_rows = 0
        self._known = None  # all of these folded, until there are more

    @property
    def count(self):
        """Number of images, int."""
        return (self._folded[0] if self._folded else 0) + self._waiting_rows

    @property
    def mean(self):
        """Mean, `(dimensions,)` float64."""
        return self._all()[1]

    @property
    def factor(self):
        """The factor `R`, `(rows, dimensions)` float64."""
        return self._all()[2]

    @property
    def covariance(self):
        """Covariance with the divisor `count - 1`, two images at least."""
        factor = self.factor
        return factor.T @ factor / (self.count - 1)

    @property
    def constant(self):
        """Whether all features are equal, but for rounding."""
        _, mean, factor = self._all()
        noise = _NOISE * np.abs(mean).max() * np.sqrt(self.count)
        return bool(np.abs(factor).max() <= noise)

    def update(self, features):
        """Adds features.

        Args:
            features: `(n, dimensions)` array, any `n`.

        Raises:
            ValueError: if they are not finite or of other dimensions.
        """
        features = checked_features(features, dimensions=self.dimensions)
        self.dimensions = features.shape[1]
        while len(features):
            taken = features[: self._block - self._waiting_rows]
            self._waiting.append(np.array(taken, "float64"))
            self._waiting_rows += len(taken)
            self._known = None
            features = features[len(taken) :]
            if self._waiting_rows == self._block:
                self._folded, self._known = self._all(), None
                self._waiting, self._waiting_rows = [], 0

    def merge(self, other):
        """Adds what another `FeatureMoments` has seen; it stays as it is.

        Raises:
            ValueError: if its features have other dimensions.
        """
        if not other.count:
            return
        if self.dimensions not in (None, other.dimensions):
            raise ValueError(
                "Moments must have equal dimensions to be merged. Received: "
                f"{self.dimensions} and {other.dimensions}"
            )
        self.dimensions = other.dimensions
        waiting = tuple(other._waiting)
        if other._folded:
            self._folded = _together(self._folded, other._folded)
            self._known = None
        for features in waiting:
            self.update(features)

    @property
    def _block(self):
        return max(_SMALLEST_BLOCK, self.dimensions)

    def _all(self):
        if not self.count:
            raise ValueError(
                "Moments must have seen at least one image. Received: none"
            )
        if not self._waiting_rows:
            return self._folded
        if self._known is None:
            rows = np.concatenate(self._waiting)
            mean = rows.mean(0)
            rows -= mean
            self._known = _together(self._folded, (len(rows), mean, rows))
        return self._known


def _together(first, second):
    """Folds two triples of count, mean and factor into one."""
    if first is None:
        return (*second[:2], _shortened(second[2]))
    count = first[0] + second[0]
    step = second[1] - first[1]
    between = np.sqrt(first[0] * second[0] / count) * step
    rows = np.concatenate([first[2], second[2], between[None]])
    return count, first[1] + step * (second[0] / count), _shortened(rows)


def _shortened(rows):
    """A factor of the same `R^T R` with as many rows as columns at most."""
    if len(rows) <= rows.shape[1]:
        return rows
    return np.linalg.qr(rows, mode="r")
