"""Which pair comes when, and the seed of what is drawn for it."""

import tensorflow as tf

from keras_pix2pixhd.data.partition import checked_shard


def element_order(count, shuffle, seed, shard=None):
    """Returns a data set of the numbers of pairs, and a seed for each.

    The order of an epoch is a permutation that is computed, not a buffer
    that is filled: the same seed gives the same order on every worker and
    at any parallelism, and no memory is used for it.

    Args:
        count: Number of pairs.
        shuffle: Whether each epoch has an order of its own.
        seed: int or `None`, another one each time.
        shard: `(index, count)`: which of how many equal parts of each
            epoch's order. Defaults to `None`: all.

    Returns:
        `tf.data.Dataset` of `(index, seed)`: int64 scalar and `(2,)`.
    """
    first, step = places_of(shard, count)
    numbers = tf.data.Dataset.random(seed, rerandomize_each_iteration=True)

    @tf.autograph.experimental.do_not_convert
    def epoch(number):
        places = tf.data.Dataset.range(first, count, step)
        return places.map(
            tf.autograph.experimental.do_not_convert(
                lambda place: drawn(number, place, count, shuffle)
            )
        )

    mine = len(range(first, count, step))
    dataset = numbers.take(1).flat_map(epoch)
    return dataset.apply(tf.data.experimental.assert_cardinality(mine))


def places_of(shard, count):
    """Returns the first place of a shard, and the step to its next.

    Raises:
        ValueError: If there are more shards than pairs, or `shard` is none.
    """
    first, step = checked_shard(shard)
    if step > max(count, 1):
        raise ValueError(
            "There must be at least one pair for each shard. Received: "
            f"{count} pairs for shard={shard!r}"
        )
    return first, step


def drawn(number, place, count, shuffle):
    """Returns which pair stands at a place of an epoch, and its seed.

    Args:
        number: Scalar int64 tensor, the random number of the epoch.
        place: Scalar int64 tensor, from 0 to `count - 1`.
        count: Number of pairs.
        shuffle: Whether the epoch has an order of its own.
    """
    index = place
    if shuffle:
        index = tf.random.experimental.index_shuffle(
            place, tf.stack([number, number // 65536]), count - 1
        )
    return index, tf.stack([number, index + 1])
