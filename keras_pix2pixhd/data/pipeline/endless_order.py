"""Which pair comes when, in a stream without an end."""

import tensorflow as tf

from keras_pix2pixhd.data.pipeline.element_order import drawn, places_of

_LAST = 2**63 - 1
_as_it_is = tf.autograph.experimental.do_not_convert


def endless_order(count, shuffle, seed, shard=None, start=0, batch=1):
    """Returns an endless data set of the numbers of pairs, and seeds.

    Pass follows pass, each in an order of its own that is computed from the
    seed and the number of the pass. So the stream can begin anywhere without
    what comes before having been read.

    Args:
        count: Number of pairs, >= 1.
        shuffle: Whether each pass has an order of its own.
        seed: int or `None`, another one each time.
        shard: `(index, count)`: to get each `count`-th batch of elements,
            from number `index` on. Defaults to `None`: all.
        start: How many batches to leave out at first, of the shard's own.
        batch: Elements of a batch, >= 1.

    Returns:
        `tf.data.Dataset` of `(index, seed)`: int64 scalar and `(2,)`.
    """
    index, workers = places_of(shard, count)
    seed = seed_or_another(seed)

    @_as_it_is
    def element(own):
        place = (own // batch * workers + index) * batch + own % batch
        number = number_of_pass(seed, place // count)
        return drawn(number, place % count, count, shuffle)

    elements = tf.data.Dataset.range(start * batch, _LAST).map(element)
    cardinality = tf.data.experimental.assert_cardinality
    return elements.apply(cardinality(tf.data.INFINITE_CARDINALITY))


def seed_or_another(seed):
    """Returns `seed`, or for `None` an int drawn at random."""
    if seed is None:
        return int(tf.random.uniform([], maxval=2**62, dtype="int64"))
    return seed


def number_of_pass(seed, place):
    """Returns the random number of a pass, from 0 to 2 ** 32 - 1.

    Args:
        seed: int.
        place: Scalar int64 tensor, the number of the pass.
    """
    both = tf.stack([tf.constant(seed, "int64"), place])
    most = tf.constant(2**32, "int64")
    return tf.random.stateless_uniform([], both, maxval=most, dtype="int64")
