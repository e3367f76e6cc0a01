import numpy as np
import pytest

from keras_pix2pixhd.models.dividing import (
    across_machines,
    check_batch_size,
    check_dataset,
    check_scope,
    divided,
    said_as_value_error,
)

tf = pytest.importorskip("tensorflow")

WORDS = "divisible by the number of replicas. Received: a batch of {} for 2"


def counted(count, size, drop=False):
    dataset = tf.data.Dataset.range(count)
    return dataset.map(lambda i: {"label": i}).batch(size, drop_remainder=drop)


def test_sizes_that_all_replicas_can_share():
    check_batch_size(4, 2)
    check_batch_size(None, 2)
    dataset = counted(8, 4, drop=True)
    assert check_dataset(dataset, None, 2) is dataset


def test_a_size_that_is_known_before():
    with pytest.raises(ValueError, match=WORDS.format(3)):
        check_batch_size(3, 2)
    with pytest.raises(ValueError, match=WORDS.format(3)):
        check_dataset(counted(9, 3, drop=True), None, 2)
    with pytest.raises(ValueError, match=WORDS.format(5)):
        check_dataset({"label": np.zeros(10)}, 5, 2)


def test_a_batch_of_another_size_is_refused_when_it_comes():
    batches = iter(check_dataset(counted(7, 4), None, 2))
    assert next(batches)["label"].numpy().tolist() == [0, 1, 2, 3]
    with pytest.raises(ValueError, match=WORDS.format("another size")):
        with said_as_value_error():
            next(batches)


def test_other_errors_remain_what_they_are():
    other = tf.errors.InvalidArgumentError(None, None, "shapes differ")
    with pytest.raises(tf.errors.InvalidArgumentError, match="shapes differ"):
        with said_as_value_error():
            raise other


def test_one_machine_is_not_several():
    strategy = tf.distribute.MirroredStrategy(["CPU:0"])
    assert not across_machines(strategy)
    assert not across_machines(None)


def test_a_model_is_compiled_in_its_scope():
    strategy = tf.distribute.MirroredStrategy(["CPU:0"])
    with strategy.scope():
        check_scope(strategy)
    with pytest.raises(ValueError, match="outside of the scope of a Mirrored"):
        check_scope(strategy)


def test_each_replica_gets_its_part():
    strategy = tf.distribute.MirroredStrategy(["CPU:0"])
    batch = {"label": np.arange(4), "image": np.arange(8).reshape(4, 2)}
    parts = divided(batch, strategy)
    assert set(parts) == {"label", "image"}
    (part,) = strategy.experimental_local_results(parts["label"])
    assert part.numpy().tolist() == [0, 1, 2, 3]
