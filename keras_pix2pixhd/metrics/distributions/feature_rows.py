"""All features of a stream."""

import numpy as np

from keras_pix2pixhd.metrics.distributions.feature_checks import (
    checked_features,
)


class FeatureRows:
    """Features of a stream, kept whole, in their order.

    It has the methods of `FeatureMoments`, for the distances that need every
    single feature.

    Example:

    >>> rows = FeatureRows()
    >>> rows.update([[1.0, 2.0]])
    >>> rows.update([[3.0, 4.0]])
    >>> rows.count, rows.features.tolist()
    (2, [[1.0, 2.0], [3.0, 4.0]])
    """

    def __init__(self):
        self.dimensions = None
        self._parts = []

    @property
    def count(self):
        """Number of images, int."""
        return sum(map(len, self._parts))

    @property
    def features(self):
        """`(count, dimensions)` array; `None` before the first."""
        if not self._parts:
            return None
        self._parts = [np.concatenate(self._parts)]
        return self._parts[0]

    @property
    def constant(self):
        """Whether all features are equal."""
        return bool((self.features == self.features[0]).all())

    def update(self, features):
        """Adds features.

        Args:
            features: `(n, dimensions)` array, any `n`.

        Raises:
            ValueError: if they are not finite or of other dimensions.
        """
        features = checked_features(features, dimensions=self.dimensions)
        self.dimensions = features.shape[1]
        if len(features):
            self._parts.append(np.array(features))

    def merge(self, other):
        """Adds what another `FeatureRows` holds, after what is here.

        Raises:
            ValueError: if its features have other dimensions.
        """
        if other.count:
            self.update(other.features)
