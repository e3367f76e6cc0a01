"""The choice of a normalization by its name."""

import math

import keras

from keras_pix2pixhd.layers.batch_normalization import BatchNormalization
from keras_pix2pixhd.layers.instance_normalization import InstanceNormalization

NORMALIZATIONS = ("instance", "instance_affine", "batch", "group", "none")


def normalization_layer(kind, channels, name, dtype=None):
    """Returns the normalization layer of a name.

    Args:
        kind: `"instance"` (no weights, the reference's default),
            `"instance_affine"` (a scale and an offset per channel, as in
            MATLAB), `"batch"` (torch's epsilon 1e-5 and momentum), `"group"`
            (32 groups, or fewer: equal ones of at least two channels), or
            `"none"`.
        channels: int. Channels of its input.
        name: str. Name of the layer.
        dtype: dtype policy of the layer, or `None` for the global one.

    Returns:
        A `keras.layers.Layer`; for `"none"` the identity.

    Raises:
        ValueError: if `kind` is none of these.
    """
    if kind in ("instance", "instance_affine"):
        return InstanceNormalization(
            affine=kind == "instance_affine", name=name, dtype=dtype
        )
    if kind == "batch":
        return BatchNormalization(
            epsilon=1e-5, momentum=0.9, name=name, dtype=dtype
        )
    if kind == "group":
        groups = math.gcd(32, channels)
        if groups == channels:  # one channel each: an instance normalization
            groups = max(groups // 2, 1)
        return keras.layers.GroupNormalization(
            groups, epsilon=1e-5, name=name, dtype=dtype
        )
    if kind == "none":
        return keras.layers.Identity(name=name, dtype=dtype)
    raise ValueError(
        f"normalization must be one of {', '.join(NORMALIZATIONS)}. "
        f"Received: normalization={kind!r}"
    )


def needs_bias(kind):
    """Whether a convolution in front of this normalization needs a bias.

    What an instance normalization takes off again is left out.
    """
    return kind not in ("instance", "instance_affine")
