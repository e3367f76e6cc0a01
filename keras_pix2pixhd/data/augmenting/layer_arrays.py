"""A preprocessing layer of the user's, called with NumPy arrays."""

import functools

import keras
import numpy as np

from keras_pix2pixhd.data.augmenting.alignment import check_alignment
from keras_pix2pixhd.data.augmenting.layer_call import (
    call,
    check_kind,
    checked_call,
)
from keras_pix2pixhd.data.augmenting.layer_words import (
    LARGEST,
    new_values_words,
    shape_words,
    too_large_words,
)


def call_layer(layer, arrays):
    """Calls a layer with one pair, on the backend of Keras.

    Args:
        layer: What `Augmentation` takes as `layer`.
        arrays: Dict of NumPy arrays: `image` uint8 `(H, W, 3)` in [0, 255],
            `label` uint8 or int32 `(H, W)`, or uint8 `(H, W, 3)`, and, if any,
            `instance` int32 `(H, W)`.

    Returns:
        Dict of the same keys, shapes and dtypes.

    Raises:
        ValueError: If the layer cannot be applied, changes the size, or puts
            numbers into the maps that they did not hold.
    """
    maps = {kind: array for kind, array in arrays.items() if kind != "image"}
    masks = np.concatenate([np.atleast_3d(a) for a in maps.values()], axis=-1)
    if masks.max() > LARGEST:
        raise ValueError(too_large_words(layer))
    before = {
        "images": arrays["image"][None].astype("float32"),
        "segmentation_masks": masks[None].astype("float32"),
    }
    after = checked_call(layer, functools.partial(call, layer), before)
    after = {
        key: np.asarray(keras.ops.convert_to_numpy(array))
        for key, array in after.items()
    }
    for key, array in after.items():
        shape = before[key].shape
        if array.shape != shape:
            raise ValueError(shape_words(layer, key, shape, array.shape))
    masks = after["segmentation_masks"][0]
    _check_numbers(layer, masks, before["segmentation_masks"][0])
    image = np.rint(np.clip(after["images"][0], 0, 255)).astype("uint8")
    changed, start = {"image": image}, 0
    for kind, array in maps.items():
        width = array.shape[2] if array.ndim == 3 else 1
        part = masks[..., start : start + width].reshape(array.shape)
        changed[kind] = part.astype(array.dtype)
        start += width
    return changed


def check_layer(layer, image_size, channels, instance):
    """Tries a layer on drawn pairs; see `check_alignment`.

    Raises:
        ValueError: If it fails on one, or moves image and maps apart.
    """
    check_kind(layer)

    def apply(pairs):
        for number in range(len(pairs["image"])):
            pair = {kind: arrays[number] for kind, arrays in pairs.items()}
            yield call_layer(layer, pair)

    check_alignment(layer, apply, image_size, channels, instance)


def _check_numbers(layer, masks, before):
    for channel in range(masks.shape[-1]):
        if not np.isin(masks[..., channel], before[..., channel]).all():
            raise ValueError(new_values_words(layer))
