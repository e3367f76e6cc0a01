"""How a preprocessing layer is called, and what it must not do."""

import inspect

import keras

LARGEST = 2**24  # the last integer up to which float32 holds all


def name_of(layer):
    """Returns what to call a layer: some have no `repr` that works."""
    return getattr(layer, "__name__", type(layer).__name__)


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
        raise ValueError(
            "`layer` must take a dict of `images` and `segmentation_masks`. "
            f"Received: layer={name_of(layer)}, which raised "
            f"{type(error).__name__}: {error}"
        ) from error
    if not isinstance(result, dict) or not set(data) <= set(result):
        found = sorted(result) if isinstance(result, dict) else type(result)
        raise ValueError(
            "`layer` must return a dict of `images` and `segmentation_masks`. "
            f"Received: layer={name_of(layer)}, which returned {found}"
        )
    return {key: result[key] for key in data}


def check_precision(layer):
    """Refuses a layer that would round the numbers of instances.

    Raises:
        ValueError: If the layer computes in fewer bits than float32.
    """
    dtype = getattr(layer, "compute_dtype", None) or "float32"
    if dtype not in ("float32", "float64"):
        raise ValueError(
            "`layer` must compute in float32, since label and instance maps "
            f"pass through it. Received: layer={name_of(layer)} of dtype "
            f'{dtype}. Make it with dtype="float32".'
        )


def size_words(layer):
    return (
        "`layer` must keep the size of images and masks. "
        f"Received: layer={name_of(layer)}, which changes it. Crop and resize "
        "with the arguments `image_size` and `resize_mode`."
    )


def new_values_words(layer):
    return (
        "`layer` must leave only numbers in the masks that they held before. "
        f"Received: layer={name_of(layer)}, which blends labels, or fills in a "
        "number of its own. Where it has a fill_mode, take reflect or nearest."
    )


def too_large_words(layer):
    return (
        f"With a `layer`, labels and instances must be at most {LARGEST}: it "
        "gets them as float32, which has no more whole numbers. "
        f"Received: larger ones for layer={name_of(layer)}"
    )
