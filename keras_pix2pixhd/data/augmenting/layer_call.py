"""How a preprocessing layer is called, and what it must not do."""

import inspect

import keras

from keras_pix2pixhd.data.augmenting.layer_words import (
    failed_words,
    mixing_words,
    name_of,
)

_MIXING = {"CutMix", "MixUp", "Mosaic", "FourierMix"}  # keras and keras-cv


def call(layer, data):
    """Calls a layer, or any callable, in training mode."""
    settings = {}
    if isinstance(layer, keras.Layer):
        names = inspect.signature(layer.call).parameters
        settings = {"training": True} if "training" in names else {}
    return layer(data, **settings)


def checked_call(layer, function, data):
    """Calls a layer, and says what is wrong if that cannot be done.

    Args:
        layer: The layer, for the words of an error.
        function: What calls it.
        data: Dict of `images` and `segmentation_masks`.

    Returns:
        Dict of both.

    Raises:
        ValueError: If it fails, or returns anything else.
    """
    try:
        result = function(dict(data))
    except Exception as error:
        # It is the user's, so there is no telling what it may raise.
        raise ValueError(failed_words(layer, error)) from error
    if not isinstance(result, dict) or not set(data) <= set(result):
        found = sorted(result) if isinstance(result, dict) else type(result)
        raise ValueError(
            "`layer` must return a dict of `images` and `segmentation_masks`. "
            f"Received: layer={name_of(layer)}, which returned {found}"
        )
    return {key: result[key] for key in data}


def check_kind(layer):
    """Refuses a layer that mixes images, or would round instances.

    Raises:
        ValueError: If it is such a layer, or has one, or computes in fewer
            bits than float32.
    """
    for part in (layer, *getattr(layer, "layers", ())):
        if type(part).__name__ in _MIXING:
            raise ValueError(mixing_words(part))
    dtype = getattr(layer, "compute_dtype", None) or "float32"
    if dtype not in ("float32", "float64"):
        raise ValueError(
            "`layer` must compute in float32, since label and instance maps "
            f"pass through it. Received: layer={name_of(layer)} of dtype "
            f'{dtype}. Make it with dtype="float32".'
        )
