"""Which kind of data set Keras' backend trains from."""

import keras

WORKERS = 4  # threads that read ahead, as tf.data's do


def backend_dataset(pairs, image_size, cache=None, **settings):
    """Makes batches in the way that suits the backend.

    On TensorFlow that is `to_dataset`, a pipeline of tf.data. On JAX and torch
    it is `to_pydataset`, so that nothing of TensorFlow is needed, nor loaded
    where it is installed: it would take the memory of their GPU. Records are
    read by TensorFlow on every backend.

    Args:
        pairs: `Pairs` or `RecordPairs`.
        image_size, cache: as of `to_dataset`. On JAX and torch
            nothing is cached.
        **settings: the arguments that both have: `batch_size`, `shuffle`,
            `augment`, `seed`, `resize_mode`, `load_size`, `image_dtype`,
            `shard`, `repeat`, `start`.

    Returns:
        `tf.data.Dataset`, `PairsPyDataset` or `EndlessPyDataset`.

    Raises:
        ValueError: as of `to_dataset`; also for records without TensorFlow.
    """
    if reads_with_tensorflow(pairs):
        if cache is not None:
            settings["cache"] = cache
        return pairs.to_dataset(image_size, **settings)
    if settings.get("repeat"):
        settings.setdefault("workers", WORKERS)
    return pairs.to_pydataset(image_size, **settings)


def reads_with_tensorflow(pairs):
    """Whether the batches of some pairs come from tf.data."""
    records = not hasattr(pairs, "files")
    return records or keras.backend.backend() == "tensorflow"
