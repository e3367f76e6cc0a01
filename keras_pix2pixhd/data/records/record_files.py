"""The TFRecord files of an epoch, in its order."""

import os

import numpy as np
import tensorflow as tf


def dealt_out(pairs, wanted, shard):
    """Returns what one worker reads.

    Workers get files of their own where these can be divided evenly; else
    all read all files, and each takes its part of the records.

    Args:
        pairs: `RecordPairs`.
        wanted: bool array: which records of the side are used.
        shard: `(index, count)`.

    Returns:
        List of paths, bytes, the number of records that come of them, and the
        `(index, count)` that the records still have to be divided by.
    """
    index, count = shard
    files, paths = pairs.side.files, paths_of(pairs)
    if count > 1 and len(files) % count == 0:
        file_of = np.arange(len(wanted)) % len(files)
        used = int((wanted & (file_of % count == index)).sum())
        return paths[index::count], used, (0, 1)
    return paths, len(range(index, int(wanted.sum()), count)), shard


def paths_of(pairs):
    """Returns the paths of all files of `RecordPairs`, bytes."""
    return [os.fsencode(str(pairs.folder / n)) for n in pairs.side.files]


def records(paths, shuffle, number):
    """Returns the data set of records of all files in turns.

    Args:
        paths: List of bytes.
        shuffle: Whether the files come in an order of this epoch.
        number: The epoch's random number, a tensor.
    """
    paths = tf.constant(paths)
    if shuffle:
        seed = tf.stack([number, 0])
        paths = tf.random.experimental.stateless_shuffle(paths, seed)
    files = tf.data.Dataset.from_tensor_slices(paths)
    return files.interleave(
        tf.data.TFRecordDataset,
        cycle_length=paths.shape[0],
        block_length=1,
        num_parallel_calls=tf.data.AUTOTUNE,
        deterministic=True,
    )
