"""Precision and recall of a set of generated images."""

import operator

from keras_pix2pixhd.metrics.distributions.distribution_metric import (
    DistributionMetric,
)
from keras_pix2pixhd.metrics.distributions.feature_rows import FeatureRows
from keras_pix2pixhd.metrics.distributions.nearest import (
    neighbour_radii,
    share_inside,
)


class PrecisionRecall(DistributionMetric):
    """How much of the generated images is real, and of the real is covered.

    Around each real image lies a ball that reaches to its k-th nearest other
    real image. Precision is the share of the generated images that are in at
    least one of them. Recall is the same with the two sides exchanged: the
    share of the real images in balls around generated ones.

    Args:
        feature_network: `FeatureNetwork` or `None` (default), to give
            features only.
        neighbours: int, k, at least 1. Default: 3, as in the paper.
        reference: `FeatureReference` of the real images, or `None`.

    Raises:
        ValueError: if an argument is none of that.

    Example:

    >>> metric = PrecisionRecall(neighbours=1)
    >>> generated, real = [[1.0], [9.0]], [[0.0], [2.0]]
    >>> metric.update_features(generated, real)
    >>> metric.result()
    {'precision_features_n2_k1': 0.5, 'recall_features_n2_k1': 1.0}

    Reference:
        [Kynkäänniemi et al., 2019](https://arxiv.org/abs/1904.06991)
    """

    state = FeatureRows

    def __init__(self, feature_network=None, neighbours=3, reference=None):
        try:
            self.neighbours = operator.index(neighbours)
        except TypeError:
            self.neighbours = 0
        if self.neighbours < 1:
            raise ValueError(
                "neighbours must be an integer, at least 1. Received: "
                f"neighbours={neighbours!r}"
            )
        self.smallest = self.neighbours + 1
        super().__init__(feature_network, reference)

    def describe(self):
        return super().describe() | {"neighbours": self.neighbours}

    def _values(self, generated, real):
        generated, real = generated.features, real.features
        precision, recall = (
            share_inside(x, y, neighbour_radii(y, self.neighbours))
            for x, y in ((generated, real), (real, generated))
        )
        key = f"{self._key()}_k{self.neighbours}"
        return {f"precision_{key}": precision, f"recall_{key}": recall}

    @property
    def warnings(self):
        found = super().warnings
        counts = [state.count for state in self._sides.values()]
        if all(counts) and counts[0] != counts[1]:
            found.append(
                f"Precision and recall of {counts[0]} generated and "
                f"{counts[1]} real images: the balls are larger on the side "
                "with fewer images. Only with equal numbers do the two say "
                "the same of both sides."
            )
        return found
