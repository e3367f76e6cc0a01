"""Which record comes when: an epoch, or a stream without an end.

Both functions return a data set of `(example, number)`: a record's features
by name, not yet decoded, and the random number of its epoch, int64 scalar.
"""

import tensorflow as tf

from keras_pix2pixhd.data.partition import checked_shard
from keras_pix2pixhd.data.pipeline.endless_order import (
    number_of_pass,
    seed_or_another,
)
from keras_pix2pixhd.data.records.record_files import (
    dealt_out,
    paths_of,
    records,
)

_BUFFER = 1024
_LAST = 2**63 - 1
_as_it_is = tf.autograph.experimental.do_not_convert
_assert_cardinality = tf.data.experimental.assert_cardinality


def epoch_of_records(pairs, wanted, shuffle, seed, shard):
    """Returns an epoch, another one each time that it is iterated.

    Args:
        pairs: `RecordPairs`.
        wanted: bool array: which records of the side are used.
        shuffle: Whether the epoch has an order of its own.
        seed: int or `None`.
        shard: `(index, count)`, or `None` for all.
    """
    paths, mine, shard = dealt_out(pairs, wanted, checked_shard(shard))

    @_as_it_is
    def epoch(number):
        examples = _examples(pairs, paths, wanted, shuffle, number)
        return _numbered(examples.shard(*shard[::-1]), number)

    numbers = tf.data.Dataset.random(seed, rerandomize_each_iteration=True)
    dataset = numbers.take(1).flat_map(epoch)
    if shuffle:
        dataset = dataset.shuffle(_BUFFER, seed)
    return dataset.apply(_assert_cardinality(mine))


def endless_records(pairs, wanted, shuffle, seed, shard, start, batch):
    """Returns a stream without an end.

    Whole passes that are left out are not read; what is left out of the one
    that is begun is read and not decoded. Each worker reads all records, and
    takes every `count`-th batch: together these are those of one process.

    Args:
        pairs, wanted, seed: See above.
        shuffle: Whether each pass has an order of its own.
        shard: `(index, count)`, or `None` for all.
        start: How many batches to leave out at first, of the shard's own.
        batch: Elements of a batch, >= 1.
    """
    index, workers = checked_shard(shard)
    paths, count = paths_of(pairs), int(wanted.sum())
    seed = seed_or_another(seed)
    passes, rest = divmod(start * workers * batch, count)

    @_as_it_is
    def one_pass(place):
        number = number_of_pass(seed, place)
        examples = _examples(pairs, paths, wanted, shuffle, number)
        examples = examples.apply(_assert_cardinality(count))
        if shuffle:
            examples = _shuffled(examples, number)
        return _numbered(examples, number)

    stream = tf.data.Dataset.range(passes, _LAST).flat_map(one_pass)
    stream = stream.skip(rest)
    if workers > 1:
        stream = stream.batch(batch).shard(workers, index).unbatch()
    return stream.apply(_assert_cardinality(tf.data.INFINITE_CARDINALITY))


def _examples(pairs, paths, wanted, shuffle, number):
    """Returns the wanted records of all files, in turns."""
    keep = tf.constant(wanted)

    @_as_it_is
    def parse(record):
        names = ("name", *pairs.kinds)
        features = {k: tf.io.FixedLenFeature([], "string") for k in names}
        features["index"] = tf.io.FixedLenFeature([], "int64")
        return tf.io.parse_single_example(record, features)

    examples = records(paths, shuffle, number).map(parse)
    if wanted.all():
        return examples
    return examples.filter(_as_it_is(lambda e: tf.gather(keep, e["index"])))


def _numbered(examples, number):
    return examples.map(_as_it_is(lambda example: (example, number)))


def _shuffled(examples, number):
    """Does what `Dataset.shuffle` does, which takes no tensor as its seed."""
    spec = examples.element_spec
    parts = tf.nest.flatten(spec)
    variant = tf.raw_ops.ShuffleDataset(
        input_dataset=tf.data.experimental.to_variant(examples),
        buffer_size=_BUFFER,
        seed=number,
        seed2=1,
        output_types=[part.dtype for part in parts],
        output_shapes=[part.shape for part in parts],
        reshuffle_each_iteration=False,
    )
    return tf.data.experimental.from_variant(variant, spec)
