"""The distances between distributions of a suite."""

import copy

from keras_pix2pixhd.metrics.checked_images import to_pixels
from keras_pix2pixhd.metrics.distributions import (
    FrechetInceptionDistance,
    KernelInceptionDistance,
    PrecisionRecall,
)
from keras_pix2pixhd.metrics.distributions.feature_rows import FeatureRows
from keras_pix2pixhd.metrics.metric_choice import DISTRIBUTION_METRICS


class FeaturePart:
    """All distances between distributions, of the same features.

    Each image passes through the network once.

    Args:
        metrics: names, of which those that are not of this part are ignored.
        network: `FeatureNetwork`.
        reference: `FeatureReference` of the real images, or `None`.
        settings: dict with `kid_subsets`, `kid_subset_size`, `neighbours`
            and `seed`.
    """

    def __init__(self, metrics, network, reference, settings):
        makers = {
            "frechet": lambda: FrechetInceptionDistance(network, reference),
            "kid": lambda: KernelInceptionDistance(
                network,
                settings["kid_subsets"],
                settings["kid_subset_size"],
                settings["seed"],
                reference,
            ),
            "precision_recall": lambda: PrecisionRecall(
                network, settings["neighbours"], reference
            ),
        }
        self.network = network
        self.reference = reference
        self.metrics = [
            makers[name]() for name in DISTRIBUTION_METRICS if name in metrics
        ]
        self.reset()

    def __getstate__(self):
        metrics = [copy.copy(metric) for metric in self.metrics]
        for metric in metrics:
            metric.feature_network = None
        return self.__dict__ | {"network": None, "metrics": metrics}

    def describe(self):
        reference = self.reference
        return {
            "feature_network": {
                "key": self.network.key,
                **self.network.describe(),
                "reference": None if reference is None else reference.sha256,
            }
        }

    @property
    def warnings(self):
        found = [words for metric in self.metrics for words in metric.warnings]
        return list(dict.fromkeys(found))

    @property
    def generated_features(self):
        return self._generated.features

    @property
    def real_features(self):
        given = self.reference
        return self._real.features if given is None else given.features

    def reset(self):
        self._generated, self._real = FeatureRows(), FeatureRows()
        for metric in self.metrics:
            metric.reset_state()

    def update(self, label, generated, real):
        features = self.network(to_pixels(generated))
        self._generated.update(features)
        seen = None
        if self.reference is None:
            seen = self.network(to_pixels(real))
            self._real.update(seen)
        for metric in self.metrics:
            metric.update_features(features, seen)
        return {}

    def merge(self, others):
        for place, metric in enumerate(self.metrics):
            metric.merge_state([other.metrics[place] for other in others])
        for other in others:
            self._generated.merge(other._generated)
            self._real.merge(other._real)

    def result(self):
        numbers = {}
        for metric in self.metrics:
            numbers |= metric.result()
        return numbers
