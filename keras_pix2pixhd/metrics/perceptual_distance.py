"""Distance of two images in the features of VGG19."""

import numpy as np
from keras import ops

from keras_pix2pixhd.losses.perceptual import TAP_WEIGHTS
from keras_pix2pixhd.metrics.checked_images import checked_pair
from keras_pix2pixhd.metrics.image_mean import ImageMean


class PerceptualDistance(ImageMean):
    """Mean over images of the perceptual loss between generated and real.

    For each image what `losses.PerceptualLoss` is for a batch of it alone:
    the mean absolute differences at relu1_1 to relu5_1 of VGG19, weighted
    1/32, 1/16, 1/8, 1/4 and 1. It is not LPIPS, whose weights were trained.

    Two numbers compare only where weights, preprocessing and normalization
    are the same: `key` says so. With mean activations (the network's
    default) they must be the same too, so compare only what was calibrated
    on the same photographs: they are in `arguments` and `network.tap_means`,
    not in `key`. Pickled or copied, it leaves its network behind: it can be
    merged and asked for its result.

    Args:
        network: `PerceptualNetwork` that knows its mean activations:
            `network.calibrate(photographs)` was called, or its
            normalization is `"none"`.

    Attributes:
        key: str: `"perceptual_vgg19_imagenet"` for Keras' weights, else
            `"perceptual_vgg19_"` and the first eight digits of their
            SHA-256; then what differs from the usual: the preprocessing, the
            number of taps, `"unnormalized"`.

    Raises:
        ValueError: if the weights cannot be had, or the mean activations are
            not known; from `update_state`, if the images do not fit
            (see `metrics.l1`) or are smaller than the network takes: 16x16
            with five taps, 4x4 with three; or if it was pickled.

    Example:

    >>> from keras_pix2pixhd.models import PerceptualNetwork
    >>> network = PerceptualNetwork("random", normalization="none")
    >>> distance = PerceptualDistance(network)
    >>> distance.key
    'perceptual_vgg19_..._unnormalized'
    >>> image = np.zeros((1, 16, 16, 3), "uint8")
    >>> distance.update_state(image, image).tolist()
    [0.0]
    """

    def __init__(self, network):
        taps = network(np.zeros((1, 32, 32, 3), "float32"))
        self.network = network
        used = network.normalization != "none"
        self._tap_means = tuple(network.tap_means) if used else None
        super().__init__(self.distances, _key(network, len(taps)))

    def __getstate__(self):
        """To merge in another process, where the network is not needed."""
        return self.__dict__ | {"network": None, "function": None}

    def __setstate__(self, state):
        self.__dict__ |= state | {"function": self.distances}

    @property
    def arguments(self):
        """What metrics that are merged must have in common."""
        return self.key, self._tap_means

    def distances(self, generated, real):
        """Measures without keeping the numbers.

        Args:
            generated: `(batch, height, width, 3)` array in [0, 255].
            real: the same.

        Returns:
            NumPy array `(batch,)`, float64, at least 0.
        """
        if self.network is None:
            raise ValueError(
                "A PerceptualDistance that was pickled or copied left its "
                "network behind: it can be merged and asked for its result. "
                "Received: more images. Make another one for them, and merge "
                "the two."
            )
        generated, real = checked_pair(generated, real)
        # one pair at a time, so that no batch size changes a digit
        pairs = zip(generated, real, strict=True)
        return np.array([self._distance(*pair) for pair in pairs], "float64")

    def _distance(self, generated, real):
        pair = np.stack([generated, real]) / 127.5 - 1.0
        taps = self.network(pair.astype("float32"))
        weights = np.array(TAP_WEIGHTS[: len(taps)])
        weights *= sum(TAP_WEIGHTS) / weights.sum()
        total = 0.0
        for weight, tap in zip(weights, taps, strict=True):
            a, b = ops.convert_to_numpy(tap).astype("float64")
            total += weight * np.abs(a - b).mean()
        return total


def _key(network, taps):
    keras_own = network.weights == "imagenet"
    parts = ["imagenet" if keras_own else network.sha256[:8]]
    if network.preprocessing != "keras":
        known = {"none": "unscaled"}
        parts.append(known.get(network.preprocessing, network.preprocessing))
    if taps != len(TAP_WEIGHTS):
        parts.append(f"{taps}_tap{'s' * (taps > 1)}")
    if network.normalization == "none":
        parts.append("unnormalized")
    return "_".join(["perceptual_vgg19", *parts])
