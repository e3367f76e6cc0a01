"""The tf.data pipeline from files to batches."""

import operator

import numpy as np

from keras_pix2pixhd.data.augmenting.augmentation import checked_augmentation
from keras_pix2pixhd.data.resize_modes import check_crop, checked_sizes, crops

_DTYPES = ("float32", "uint8")


def make_dataset(
    pairs,
    image_size=None,
    batch_size=1,
    shuffle=False,
    augment=False,
    seed=None,
    resize_mode="resize",
    load_size=None,
    cache=None,
    image_dtype="float32",
    shard=None,
    device=None,
    repeat=False,
    start=0,
):
    """Implements `Pairs.to_dataset`."""
    sizes = checked_sizes(resize_mode, image_size, load_size)
    batch_size = checked_batch_size(batch_size)
    augmentation = checked_augmentation(augment)
    check_dtype(image_dtype)
    seed = checked_seed(seed)
    start = checked_start(start, repeat)
    tensorflow(of_records=not hasattr(pairs, "files"))
    from keras_pix2pixhd.data.pipeline import batching
    from keras_pix2pixhd.data.pipeline.caches import cached

    loader = pairs.loader(resize_mode, *sizes)
    check_crop(resize_mode, loader.sizes, sizes[0], pairs.names)
    crop = sizes[0] if crops(resize_mode) else None
    static = crop or common_size(loader.sizes, pairs.names, batch_size)
    loader = cached(cache, loader)
    if repeat:
        dataset = loader.endless(shuffle, seed, shard, start, batch_size)
    else:
        dataset = loader.elements(shuffle, seed, shard)
    dataset = batching.augmented(
        dataset, crop, augment is not False, augmentation, static
    )
    return batching.batched(
        dataset, batch_size, image_dtype, shard is None, device
    )


def tensorflow(of_records=False):
    """Returns the module, or says how to get it, or how to do without."""
    try:
        import tensorflow as tf
    except ImportError as error:
        what = "`to_dataset` makes a tf.data pipeline, which needs tensorflow"
        without = "use `to_pydataset`, which does without"
        if of_records:
            what = "TFRecords are written and read by tensorflow,"
            without = "train on the folder that they are made of"
        raise ValueError(
            f"{what} on every backend. Received: {error}. pip install "
            f"tensorflow, or {without}."
        ) from error
    return tf


def common_size(sizes, names, batch_size):
    """Returns the `(height, width)` that all pairs have, `None` if unknown.

    Raises:
        ValueError: If they differ, and batches are larger than one.
    """
    different, first = np.unique(sizes, axis=0, return_index=True)
    if len(different) == 1:
        return tuple(different[0].tolist())
    if batch_size == 1:
        return None, None
    (size_a, size_b), (a, b) = different[:2].tolist(), first[:2]
    raise ValueError(
        "The images of a batch must have the same size. Received: "
        f"batch_size={batch_size} and images that would have "
        f"{len(different)} different sizes (height, width), such as "
        f"{tuple(size_a)} (pair {names[a]!r}) and {tuple(size_b)} (pair "
        f"{names[b]!r}). Pass `image_size=(height, width)` to resize them, "
        "take a mode that crops, or `batch_size=1`."
    )


def checked_batch_size(batch_size):
    """Returns `batch_size`, an integer >= 1."""
    try:
        size = operator.index(batch_size)
    except TypeError:
        size = 0
    if size < 1 or isinstance(batch_size, bool):
        raise ValueError(
            "`batch_size` must be an integer >= 1. "
            f"Received: batch_size={batch_size!r}"
        )
    return size


def checked_start(start, repeat):
    """Returns how many batches to leave out, an integer >= 0."""
    try:
        batches = operator.index(start)
    except TypeError:
        batches = -1
    if batches < 0 or isinstance(start, bool):
        raise ValueError(
            "`start` must be a number of batches, an integer >= 0. "
            f"Received: start={start!r}"
        )
    if batches and not repeat:
        raise ValueError(
            "Without `repeat` a data set begins at its first batch. Received: "
            f"start={start}, repeat={repeat}. Pass `repeat=True`."
        )
    return batches


def check_dtype(image_dtype):
    """Refuses what is no dtype of images."""
    if image_dtype not in _DTYPES:
        raise ValueError(
            "`image_dtype` must be 'float32', in [-1, 1], or 'uint8', in "
            f"[0, 255]. Received: image_dtype={image_dtype!r}"
        )


def checked_seed(seed):
    """Returns `seed` as TensorFlow and NumPy take it, `None` for `None`."""
    if seed is None:
        return None
    try:
        return operator.index(seed) % 2**63
    except TypeError as error:
        raise ValueError(
            f"`seed` must be None or an integer. Received: seed={seed!r}"
        ) from error
