"""What the distances between two sets of images have in common."""

from keras_pix2pixhd.metrics.distributions.feature_checks import (
    checked_features,
)
from keras_pix2pixhd.metrics.merging import check_mergeable

SIDES = ("generated", "real")


class DistributionMetric:
    """Base of the distances between generated and real images.

    A subclass says in `state` what is kept of each side, a class with the
    methods of `FeatureMoments`, in `smallest` how many images it needs, and
    in `_values` what it computes.

    Args:
        feature_network: `FeatureNetwork`, or `None` (default) to give
            features only.
        reference: `FeatureReference` of the real images, or `None` (default)
            to give real images along with the generated ones.

    Raises:
        ValueError: if the reference is that of another network.
    """

    state = None
    smallest = 2

    def __init__(self, feature_network=None, reference=None):
        self.feature_network = feature_network
        self.reference = reference
        self.network_key = "features"
        if feature_network is not None:
            self.network_key = feature_network.key
        elif reference is not None:
            self.network_key = reference.network_key
        found = getattr(reference, "network_key", self.network_key)
        if found != self.network_key:
            raise ValueError(
                "The reference must come from the same feature network as "
                f"the distance, {self.network_key}. Received: a reference of "
                f"{found}. Make it with reference_features."
            )
        self.reset_state()

    @property
    def dimensions(self):
        """Of the features, int, or `None` while it is not known."""
        found = (state.dimensions for state in self._sides.values())
        network = getattr(self.feature_network, "dimensions", None)
        return next((d for d in found if d is not None), network)

    def reset_state(self):
        """Forgets all images but those of the reference."""
        self._sides = {side: self.state() for side in SIDES}
        if self.reference is not None:
            self._sides["real"].update(self.reference.features)

    def update_state(self, generated=None, real=None):
        """Adds images, any number of each.

        Args:
            generated: `(batch, height, width, 3)` uint8 array, or floats in
                [0, 255]; or `None`.
            real: the same; `None` where there is a reference.

        Raises:
            ValueError: if there is no feature network, or an array is not
                that.
        """
        if self.feature_network is None:
            raise ValueError(
                f"{type(self).__name__} must have a feature_network to take "
                "images. Received: feature_network=None. Give one, or call "
                "update_features."
            )
        self._check_no_reference(real)
        features = [
            None if images is None else self.feature_network(images)
            for images in (generated, real)
        ]
        self.update_features(*features)

    def update_features(self, generated=None, real=None):
        """Adds features, any number of each.

        Args:
            generated: `(n, dimensions)` array of finite numbers, or `None`.
            real: the same; `None` where there is a reference.

        Raises:
            ValueError: if an array is not that, or their dimensions differ.
                Then nothing has been added.
        """
        self._check_no_reference(real)
        dimensions = self.dimensions
        checked = {}
        for side, features in zip(SIDES, (generated, real), strict=True):
            if features is None:
                continue
            name = f"{side} features"
            checked[side] = checked_features(features, name, dimensions)
            dimensions = checked[side].shape[1]
        for side, features in checked.items():
            self._sides[side].update(features)

    def merge_state(self, others):
        """Adds what other metrics have seen, those of other workers.

        Args:
            others: list of metrics of the same class and arguments.

        Raises:
            ValueError: if one is of another class, network, reference, of
                other arguments or dimensions. Then nothing has been added.
        """
        check_mergeable(self, others)
        found = {m.dimensions for m in (self, *others)} - {None}
        if len(found) > 1:
            raise ValueError(
                "Metrics must have features of equal dimensions to be merged. "
                f"Received: {sorted(found)}"
            )
        sides = SIDES if self.reference is None else SIDES[:1]
        for other in others:
            for side in sides:
                self._sides[side].merge(other._sides[side])

    def result(self):
        """Computes the distance between all images so far.

        Returns:
            Dict from a key to its value. The key names the network with the
            size of its images, `_nN` the number of generated images, and
            `_rM` that of the real ones where it differs. Two numbers are
            comparable only under the same key, and only of the same real
            images, which it does not name. Nor does it name what moves a
            number within its spread: a seed, the order of the images.

        Raises:
            ValueError: if there are too few images.
        """
        counts = [self._sides[side].count for side in SIDES]
        if min(counts) < self.smallest:
            raise ValueError(
                f"{type(self).__name__} must have at least {self.smallest} "
                f"generated and {self.smallest} real images. Received: "
                f"{counts[0]} generated and {counts[1]} real"
            )
        return self._values(*(self._sides[side] for side in SIDES))

    @property
    def warnings(self):
        """List of str: what speaks against the numbers so far."""
        return [
            f"All {side} images have the same features: {self.network_key} "
            "sees no difference between them."
            for side, state in self._sides.items()
            if state.count > 1 and state.constant
        ]

    def describe(self):
        """Returns what the distance is measured with: dict, as JSON holds."""
        reference = self.reference
        return {
            "network": self.network_key,
            "reference": None if reference is None else reference.sha256,
        }

    @property
    def arguments(self):
        return self.describe()

    def _key(self):
        n, m = (self._sides[side].count for side in SIDES)
        return f"{self.network_key}_n{n}" + (f"_r{m}" if m != n else "")

    def _values(self, generated, real):
        raise NotImplementedError

    def _check_no_reference(self, real):
        if real is not None and self.reference is not None:
            raise ValueError(
                "The real images must come either from the reference or one "
                "batch after the other. Received: both. Leave out real, or "
                "reference."
            )
