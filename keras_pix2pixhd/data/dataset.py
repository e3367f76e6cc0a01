"""The tf.data pipeline from files to batches."""

import numpy as np

from keras_pix2pixhd.data.resizing import checked_size


def _tensorflow():
    try:
        import tensorflow as tf
    except ImportError as error:
        raise ValueError(
            "`to_dataset` makes a tf.data pipeline, which needs tensorflow on "
            f"every backend. Received: {error}. pip install tensorflow, or "
            "give fit() dicts of NumPy arrays made with `read`."
        ) from error
    return tf


_ORDER = ("label", "image", "instance")


def make_dataset(pairs, image_size, batch_size, shuffle, augment, seed):
    """Implements `Pairs.to_dataset`."""
    tf = _tensorflow()
    image_size = checked_size(image_size)
    batch_size = _checked_batch_size(batch_size)
    static_size = image_size or _common_size(pairs, batch_size)
    kinds = tuple(kind for kind in _ORDER if kind in pairs.kinds)
    dtypes = _dtypes(pairs, kinds)

    @tf.autograph.experimental.do_not_convert
    def load(index, flip):
        arrays = tf.numpy_function(
            lambda i, f: _load_pair(pairs, kinds, int(i), bool(f), image_size),
            [index, flip],
            [dtypes[kind] for kind in kinds],
        )
        for kind, array in zip(kinds, arrays, strict=True):
            array.set_shape(static_size + ((3,) if kind == "image" else ()))
        return dict(zip(kinds, arrays, strict=True))

    def scale(batch):
        image = tf.cast(batch["image"], "float32") / 127.5 - 1.0
        return {**batch, "image": image}

    count = len(pairs)
    indices = tf.data.Dataset.range(count)
    if shuffle:
        indices = indices.shuffle(count, seed, reshuffle_each_iteration=True)
    dataset = tf.data.Dataset.zip(indices, _flips(tf, augment, seed))
    dataset = dataset.map(load, tf.data.AUTOTUNE, deterministic=True)
    # Dropping a remainder that is empty makes the batch dimension static.
    dataset = dataset.batch(batch_size, drop_remainder=count % batch_size == 0)
    dataset = dataset.map(scale, tf.data.AUTOTUNE, deterministic=True)
    return dataset.prefetch(tf.data.AUTOTUNE)


def _flips(tf, augment, seed):
    """Returns an endless dataset of booleans, different in each epoch."""
    if not augment:
        return tf.data.Dataset.from_tensors(False).repeat()
    # The seed of the shuffle would tie the flips to the order.
    seed = None if seed is None else seed + 1
    numbers = tf.data.Dataset.random(seed, rerandomize_each_iteration=True)
    return numbers.map(lambda number: number % 2 == 1)


def _load_pair(pairs, kinds, index, flip, image_size):
    """Returns the resized, maybe flipped arrays of a pair as a list."""
    try:
        arrays = pairs.read(index, image_size)
    except ValueError as error:
        # TensorFlow reports the traceback with the message: keep it short.
        raise ValueError(str(error)) from None
    return [
        np.ascontiguousarray(arrays[kind][:, ::-1]) if flip else arrays[kind]
        for kind in kinds
    ]


def _dtypes(pairs, kinds):
    dtypes = {
        "label": pairs.class_table.dtype,
        "image": "uint8",
        "instance": "int32",
    }
    return {kind: dtypes[kind] for kind in kinds}


def _common_size(pairs, batch_size):
    """The size of all images where a batch needs it, else unknown."""
    if batch_size == 1:
        return (None, None)
    sizes = {pairs.size(i): i for i in reversed(range(len(pairs)))}
    if len(sizes) > 1:
        (size_a, a), (size_b, b) = sorted(sizes.items())[:2]
        raise ValueError(
            "The images of a batch must have the same size. Received: "
            f"batch_size={batch_size}, image_size=None and images of "
            f"{len(sizes)} different sizes (height, width), such as "
            f"{size_a} (pair {pairs.names[a]!r}) and {size_b} (pair "
            f"{pairs.names[b]!r}). Pass `image_size=(height, width)` to "
            "resize them, or `batch_size=1`."
        )
    return next(iter(sizes))


def _checked_batch_size(batch_size):
    if not isinstance(batch_size, (int, np.integer)) or batch_size < 1:
        raise ValueError(
            "`batch_size` must be an integer >= 1. "
            f"Received: batch_size={batch_size!r}"
        )
    return int(batch_size)
