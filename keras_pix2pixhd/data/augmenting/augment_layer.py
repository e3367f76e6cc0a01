"""A preprocessing layer of the user's in a tf.data pipeline.

Imported only when such a pipeline is made, because it needs tensorflow.
"""

import tensorflow as tf

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
    size_words,
    too_large_words,
)


def layer_map(dataset, layer):
    """Maps pairs through a layer that takes images and segmentation masks.

    One pair after the other: layers of Keras keep the state of their random
    numbers, so any other order would give other numbers.

    Args:
        dataset: `tf.data.Dataset` of dicts without a batch dimension: `image`
            uint8 `(H, W, 3)` in [0, 255], `label` uint8 or int32 `(H, W)`, or
            uint8 `(H, W, 3)`, and, if any, `instance` int32 `(H, W)`.
        layer: What `Augmentation` takes as `layer`.

    Returns:
        `tf.data.Dataset` of the same keys, shapes and dtypes. It raises
        `tf.errors.InvalidArgumentError` at a pair whose size the layer
        changes, or whose maps hold a number that was not there before.

    Raises:
        ValueError: If the layer cannot be applied, or does one of these, or
            moves images and masks apart, in pairs drawn to test it.
    """
    check_kind(layer)
    spec = dataset.element_spec
    # Some layers have conditions on tensors, which autograph converts here.
    function = tf.function(lambda data: call(layer, data))

    @tf.autograph.experimental.do_not_convert
    def change(arrays):
        return _apply(layer, function, arrays)

    def apply(pairs):
        tried = tf.data.Dataset.from_tensor_slices(pairs).map(change)
        try:
            return list(tried.as_numpy_iterator())
        except tf.errors.InvalidArgumentError as error:
            raise ValueError(_plain(layer, error.message)) from None

    size, label = spec["image"].shape[:2], spec["label"].shape
    check_alignment(
        layer,
        apply,
        tuple(size) if size.is_fully_defined() else None,
        channels=label[2] if label.rank == 3 else 0,
        instance="instance" in spec,
    )
    return dataset.map(change)


def _apply(layer, function, arrays):
    """Calls a layer with one pair, as a batch of one."""
    maps = {kind: array for kind, array in arrays.items() if kind != "image"}
    widths = [1 if a.shape.rank == 2 else a.shape[2] for a in maps.values()]
    masks = [a[..., None] if a.shape.rank == 2 else a for a in maps.values()]
    masks = tf.concat([tf.cast(mask, "int32") for mask in masks], axis=-1)
    masks = _with_checks(masks, [_check_large(layer, masks)])
    image = tf.cast(arrays["image"], "float32")
    before = {
        "images": image[None],
        "segmentation_masks": tf.cast(masks, "float32")[None],
    }
    after = checked_call(layer, function, before)
    image, masks = _checked(layer, before, after)
    image = tf.cast(tf.clip_by_value(tf.round(image[0]), 0.0, 255.0), "uint8")
    changed = {"image": image}
    parts = tf.split(masks[0], widths, axis=-1)
    for (kind, array), part in zip(maps.items(), parts, strict=True):
        part = part if array.shape.rank == 3 else part[..., 0]
        changed[kind] = tf.cast(part, array.dtype)
    for kind, array in arrays.items():
        changed[kind] = tf.ensure_shape(changed[kind], array.shape)
    return changed


def _plain(layer, message):
    """Returns what an error of TensorFlow says, without its wrapping."""
    for words in (size_words(layer), new_values_words(layer)):
        if words in message:
            return words
    return message


def _checked(layer, before, after):
    """Returns images and masks, once they are known to be in order."""
    for key, array in after.items():
        shape = before[key].shape
        if not array.shape.is_compatible_with(shape):
            raise ValueError(shape_words(layer, key, shape, array.shape))
    checks = [
        tf.debugging.Assert(
            tf.reduce_all(tf.shape(after[key]) == tf.shape(before[key])),
            [size_words(layer)],
        )
        for key in before
    ]
    after = {key: _with_checks(array, checks) for key, array in after.items()}
    masks = after["segmentation_masks"]
    known = [
        _is_in(new, old)
        for new, old in zip(
            tf.unstack(masks, axis=-1),
            tf.unstack(before["segmentation_masks"], axis=-1),
            strict=True,
        )
    ]
    check = tf.debugging.Assert(tf.reduce_all(known), [new_values_words(layer)])
    return after["images"], _with_checks(masks, [check])


def _with_checks(array, checks):
    with tf.control_dependencies(checks):
        return tf.identity(array)


def _check_large(layer, masks):
    return tf.debugging.Assert(
        tf.reduce_all(masks <= LARGEST), [too_large_words(layer)]
    )


def _is_in(new, old):
    """Whether each of `new` is one of the values in `old`."""
    values = tf.sort(tf.unique(tf.reshape(old, [-1]))[0])
    new = tf.reshape(new, [-1])
    place = tf.searchsorted(values, new)
    nearest = tf.gather(values, tf.minimum(place, tf.size(values) - 1))
    return tf.reduce_all(nearest == new)
