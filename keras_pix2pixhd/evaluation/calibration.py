"""The perceptual network of an evaluation."""

import os

import keras
import numpy as np

from keras_pix2pixhd.evaluation.pairs.data_hashes import pixels_sha256
from keras_pix2pixhd.models import PerceptualNetwork


def check_perceptual_weights(weights):
    """Refuses random weights, and what are none.

    Args:
        weights: `perceptual_weights` of `evaluate`.

    Raises:
        ValueError: if they are random, or of another type.
    """
    if isinstance(weights, PerceptualNetwork):
        weights = weights.weights
    if not isinstance(weights, (str, os.PathLike, keras.Model, type(None))):
        raise ValueError(
            "perceptual_weights must be a PerceptualNetwork, or the weights "
            f"of one, such as a file. Received: perceptual_weights={weights!r}"
        )
    if isinstance(weights, str) and weights == "random":
        raise ValueError(
            "The perceptual distance needs trained weights: numbers of "
            "random ones mean nothing. Received: perceptual_weights="
            "'random'. Say imagenet (a download), or a file of VGG19 weights "
            "(--perceptual)."
        )


def calibrated_network(weights, data):
    """Makes the network, and measures its mean activations.

    They are those of some training photographs, whatever is evaluated, so
    that the number of a pair is the same among any others.

    Args:
        weights: `PerceptualNetwork`, or the weights of one.
        data: `EvaluationData`.

    Returns:
        `PerceptualNetwork`; what it was calibrated on, a dict fit for JSON;
        and warnings, a list.
    """
    network = weights
    if not isinstance(weights, PerceptualNetwork):
        network = PerceptualNetwork(weights)
    network.build()
    _check_taps(network, data.calibration)
    if network.normalization == "none":
        return network, {"calibrated_on": 0}, []
    pairs, means = data.calibration, []
    for images in pairs.images():
        for image in images:  # one at a time, however large they are
            network.calibrate(image[None].astype("float32") / 127.5 - 1.0)
            means.append(network.tap_means)
    network.tap_means = np.mean(means, axis=0).tolist()
    described = {
        "calibrated_on": len(pairs),
        "calibration_side": data.calibration_side,
        "calibration_names": pairs.names,
        "calibration_sha256": pixels_sha256(pairs.images()),
    }
    return network, described, _warnings(data)


def _check_taps(network, pairs):
    """Refuses a network that sees nothing, or no numbers."""
    image = next(pairs.images())[:1]
    scaled = image.astype("float32") / 127.5 - 1.0
    if not network.calibrated:
        network.calibrate(scaled)
    for number, tap in enumerate(network(scaled), 1):
        tap = keras.ops.convert_to_numpy(tap)
        if not np.isfinite(tap).all() or not tap.any():
            kind = "zero" if np.isfinite(tap).all() else "not finite"
            raise ValueError(
                "The perceptual network must see something in a photograph. "
                f"Received: {network.weights!r}, whose activations in block "
                f"{number} are {kind}. Give other weights (--perceptual)."
            )


def _warnings(data):
    if data.calibration_side == "train":
        return []
    return [
        "There are no training photographs to measure the mean activations "
        "of the perceptual network on. They are those of the evaluated real "
        "images: the perceptual distance of a pair depends on which others "
        "are evaluated."
    ]
