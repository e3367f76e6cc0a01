"""The second half of the pipeline: from arrays of a pair to batches."""

import tensorflow as tf

from keras_pix2pixhd.data.augmenting.augment_layer import layer_map
from keras_pix2pixhd.data.augmenting.augment_tensors import augment_tensors
from keras_pix2pixhd.data.pipeline.resize_tensors import crop_tensor

_as_it_is = tf.autograph.experimental.do_not_convert


def augmented(dataset, crop, at_random, augmentation, static):
    """Crops and augments.

    Args:
        dataset: Data set of `(arrays, seed)`.
        crop: `(height, width)`, or `None`.
        at_random: Whether crops are cut at random, else from the middle.
        augmentation: `Augmentation`, or `None`.
        static: `(height, width)` of the result, each an int or `None`.

    Returns:
        Data set of dicts of arrays.
    """

    @_as_it_is
    def change(arrays, seed):
        if crop is not None:
            arrays = _cropped(arrays, seed, crop, at_random)
        for array in arrays.values():
            array.set_shape([*static, 3][: array.shape.rank])
        if augmentation is not None:
            arrays = augment_tensors(arrays, seed, augmentation)
        return arrays

    dataset = dataset.map(change, tf.data.AUTOTUNE, deterministic=True)
    if augmentation is not None and augmentation.layer is not None:
        dataset = layer_map(dataset, augmentation.layer)
    return dataset


def batched(dataset, batch_size, image_dtype, may_shard, device):
    """Makes batches, floats where they are asked for, ahead of their use.

    Args:
        dataset: Data set of dicts of arrays, of known length or endless.
        batch_size: int.
        image_dtype: `"float32"` or `"uint8"`.
        may_shard: Whether `tf.distribute` may give each worker a part.
        device: Where the batches are brought, such as `"/gpu:0"`, or `None`.

    Returns:
        `tf.data.Dataset` of dicts.
    """

    @_as_it_is
    def scale(batch):
        return {
            kind: to_floats(array) if array.shape.rank == 4 else array
            for kind, array in batch.items()
        }

    count = int(dataset.cardinality())
    endless = count == tf.data.INFINITE_CARDINALITY
    if not endless:
        # TensorFlow makes room for a whole batch, however few pairs there are.
        batch_size = min(batch_size, max(count, 1))
    # Dropping a remainder that is empty makes the batch dimension static.
    exact = endless or count % batch_size == 0
    dataset = dataset.batch(batch_size, drop_remainder=exact)
    if image_dtype == "float32":
        dataset = dataset.map(scale, tf.data.AUTOTUNE, deterministic=True)
    options = tf.data.Options()
    policy = tf.data.experimental.AutoShardPolicy
    options.experimental_distribute.auto_shard_policy = (
        policy.DATA if may_shard else policy.OFF
    )
    dataset = dataset.with_options(options).prefetch(tf.data.AUTOTUNE)
    if device is not None:
        copy = tf.data.experimental.prefetch_to_device(_checked_device(device))
        dataset = dataset.apply(copy)
    return dataset


def _checked_device(device):
    """Returns a device that there is."""
    devices = tf.config.list_logical_devices()
    names = [d.name.removeprefix("/device:") for d in devices]
    wanted = str(device).lstrip("/").removeprefix("device:").upper()
    if wanted not in names:
        raise ValueError(
            f"`device` must be one of {', '.join(names)}. "
            f"Received: device={device!r}"
        )
    return f"/{wanted.lower()}"


def to_floats(pixels):
    """Returns `pixels / 127.5 - 1`, in one pass over the memory."""
    return tf.raw_ops.Dequantize(
        input=tf.bitcast(pixels, tf.quint8),
        min_range=-1.0,
        max_range=1.0,
        mode="MIN_COMBINED",
    )


def _cropped(arrays, seed, size, at_random):
    """Cuts the same box out of all."""
    room = tf.shape(arrays["image"])[:2] - size
    start = room // 2
    if at_random:
        share = tf.random.stateless_uniform([2], tf.random.fold_in(seed, 99))
        places = tf.cast(room + 1, "float32")
        start = tf.minimum(tf.cast(share * places, "int32"), room)
    return {k: crop_tensor(array, start, size) for k, array in arrays.items()}
