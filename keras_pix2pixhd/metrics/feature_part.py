"""The distances between distributions of a suite."""

import copy

from keras_pix2pixhd.metrics.distributions import (
    FrechetInceptionDistance,
    KernelInceptionDistance,
    PrecisionRecall,
)
from keras_pix2pixhd.metrics.distributions.feature_checks import (
    checked_features,
)
from keras_pix2pixhd.metrics.distributions.feature_rows import FeatureRows
from keras_pix2pixhd.metrics.merging import check_mergeable
from keras_pix2pixhd.metrics.metric_choice import DISTRIBUTION_METRICS


class FeaturePart:
    """All distances between distributions, of the same features.

    Each image passes through the network once, and its feature is kept once,
    for all distances that need the single ones.

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
        return self._rows["generated"].features

    @property
    def real_features(self):
        return self._rows["real"].features

    @property
    def _of_their_own(self):
        """The distances that do not look into the shared rows."""
        return [m for m in self.metrics if m.state is not FeatureRows]

    def reset(self):
        self._rows = {"generated": FeatureRows(), "real": FeatureRows()}
        if self.reference is not None:
            self._rows["real"].update(self.reference.features)
        for metric in self.metrics:
            metric.reset_state()
            if metric.state is FeatureRows:
                metric._sides = self._rows

    def measure(self, label, generated, real):
        features = {"generated": self._features(generated, "generated")}
        if self.reference is None:
            features["real"] = self._features(real, "real")
        return {}, features

    def _features(self, images, side):
        name, dimensions = f"{side} features", self.metrics[0].dimensions
        found = checked_features(self.network(images), name, dimensions)
        if len(found) != len(images):
            raise ValueError(
                "The feature network must give one row for each of the "
                f"{len(images)} images. Received: {len(found)} rows"
            )
        return found

    def add(self, features):
        for side, rows in features.items():
            self._rows[side].update(rows)
        for metric in self._of_their_own:
            metric.update_features(**features)

    def check_merge(self, others):
        for place, metric in enumerate(self.metrics):
            check_mergeable(metric, [other.metrics[place] for other in others])
        found = {part.metrics[0].dimensions for part in (self, *others)}
        if len(found - {None}) > 1:
            raise ValueError(
                "Metrics must have features of equal dimensions to be merged. "
                f"Received: {sorted(found - {None})}"
            )

    def merge(self, others):
        for place, metric in enumerate(self.metrics):
            if metric in self._of_their_own:
                metric.merge_state([other.metrics[place] for other in others])
        for other in others:
            self._rows["generated"].merge(other._rows["generated"])
            if self.reference is None:
                self._rows["real"].merge(other._rows["real"])

    def result(self):
        numbers = {}
        for metric in self.metrics:
            numbers |= metric.result()
        return numbers
