"""The choice of a normalization by its name."""

import keras

from keras_pix2pixhd.layers.instance_normalization import InstanceNormalization

NORMALIZATIONS = ("instance", "batch", "none")


def normalization_layer(kind, name, dtype=None):
    """Returns the normalization layer of a name.

    Args:
        kind: `"instance"` (no weights, the reference's default), `"batch"`
            (torch's epsilon 1e-5 and momentum), or `"none"`.
        name: str. Name of the layer.
        dtype: dtype policy of the layer, or `None` for the global one.

    Returns:
        A `keras.layers.Layer`; for `"none"` the identity.

    Raises:
        ValueError: if `kind` is none of these.
    """
    if kind == "instance":
        return InstanceNormalization(name=name, dtype=dtype)
    if kind == "batch":
        return keras.layers.BatchNormalization(
            epsilon=1e-5, momentum=0.9, name=name, dtype=dtype
        )
    if kind == "none":
        return keras.layers.Identity(name=name, dtype=dtype)
    raise ValueError(
        f"normalization must be one of {', '.join(NORMALIZATIONS)}. "
        f"Received: normalization={kind!r}"
    )
