"""Features of real images, kept for many evaluations."""

import re

from keras_pix2pixhd.metrics.distributions.feature_checks import (
    checked_features,
)
from keras_pix2pixhd.metrics.distributions.reference_file import (
    read_reference,
    write_reference,
)


class FeatureReference:
    """Features of real images, and what they come from.

    Args:
        features: `(images, dimensions)` array of finite numbers, in the
            order of the images; kept as float32.
        network_key: str, the `key` of the `FeatureNetwork`.
        sha256: str, SHA-256 of the images, 64 hexadecimal digits; see
            `reference_features`.

    Attributes:
        images: int, their number.
        dimensions: int, of a feature.

    Raises:
        ValueError: if an argument is none of that.

    Example:

    >>> reference = FeatureReference([[1.0, 2.0]], "toy_8", 64 * "0")
    >>> reference.images, reference.dimensions
    (1, 2)
    """

    def __init__(self, features, network_key, sha256):
        self.features = checked_features(features).astype("float32")
        if not isinstance(network_key, str) or not network_key:
            raise ValueError(
                "network_key must be the key of a FeatureNetwork. Received: "
                f"network_key={network_key!r}"
            )
        if not re.fullmatch("[0-9a-f]{64}", str(sha256)):
            raise ValueError(
                "sha256 must be 64 hexadecimal digits. Received: "
                f"sha256={sha256!r}"
            )
        self.network_key = network_key
        self.sha256 = sha256

    @property
    def images(self):
        return len(self.features)

    @property
    def dimensions(self):
        return self.features.shape[1]

    def save(self, path):
        """Writes an `.npz` file, whole or not at all.

        Args:
            path: the file; its folder is made if need be.

        Raises:
            ValueError: if it cannot be written.
        """
        write_reference(self, path)

    @classmethod
    def load(cls, path):
        """Reads what `save` wrote.

        Raises:
            ValueError: if the file is missing, damaged or something else.
        """
        return read_reference(cls, path)
