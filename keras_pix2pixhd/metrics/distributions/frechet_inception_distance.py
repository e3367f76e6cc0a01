"""The Fréchet distance between generated and real images."""

import re

from keras_pix2pixhd.metrics.distributions.distribution_metric import (
    DistributionMetric,
)
from keras_pix2pixhd.metrics.distributions.feature_moments import (
    FeatureMoments,
)
from keras_pix2pixhd.metrics.distributions.frechet_distance import (
    frechet_distance,
)

# a network that someone named so has its hash before the size
_INCEPTION = r"inceptionv3_keras_\d+(x\d+)?"


class FrechetInceptionDistance(DistributionMetric):
    """Fréchet distance between the features of generated and real images.

    The definition is that of Heusel et al., computed exactly (see
    `frechet_distance`), in memory that does not grow with the number of
    images. With Keras' InceptionV3 the key begins with `fid_`, with any other
    network `frechet_`. Keras' InceptionV3 is not the graph of 2015 that
    published numbers come from: neither is comparable with those.

    The distance depends on the number of images: few images make it larger.
    Compare it only under the same key.

    Args:
        feature_network: `FeatureNetwork` or `None` (default), to give
            features only.
        reference: `FeatureReference` of the real images, or `None`.

    Example:

    >>> metric = FrechetInceptionDistance()
    >>> metric.update_features(generated=[[0.0], [6.0]], real=[[-1.0], [1.0]])
    >>> metric.result()
    {'frechet_features_n2': 17.0...}

    Reference:
        [Heusel et al., 2017](https://arxiv.org/abs/1706.08500)
    """

    state = FeatureMoments

    def _values(self, generated, real):
        is_fid = re.fullmatch(_INCEPTION, self.network_key)
        name = "fid" if is_fid else "frechet"
        distance = frechet_distance(generated, real)
        return {f"{name}_{self._key()}": distance}

    @property
    def warnings(self):
        found = super().warnings
        n, m = (state.count for state in self._sides.values())
        if 0 < min(n, m) <= self.dimensions:
            found.append(
                f"Fréchet distance of {n} generated and {m} real images in "
                f"{self.dimensions} dimensions: with fewer than "
                f"{self.dimensions + 1} on each side it is far above that of "
                "many images. It orders models on the same images; it is no "
                "number to publish."
            )
        return found
