import os
import subprocess
import sys

import numpy as np
import pytest

from keras_pix2pixhd import Augmentation, read_pairs, write_toy_cars

tf = pytest.importorskip("tensorflow")
POLICY = tf.data.experimental.AutoShardPolicy
EVERYTHING = Augmentation(zoom=1.3, rotation=9, brightness=0.3, hue=0.1)


def arrays(dataset):
    return [
        {kind: array.numpy() for kind, array in batch.items()}
        for batch in dataset
    ]


def assert_equal(first, second):
    for a, b in zip(first, second, strict=True):
        for kind in a:
            np.testing.assert_array_equal(a[kind], b[kind])


def test_pixels_are_the_floats_before_they_are_scaled(make_pairs):
    pairs, stored = make_pairs(3)
    pixels = arrays(pairs.to_dataset(batch_size=3, image_dtype="uint8"))[0]
    floats = arrays(pairs.to_dataset(batch_size=3))[0]
    assert pixels["image"].dtype == np.uint8
    np.testing.assert_array_equal(
        pixels["image"], [array["image"] for array in stored]
    )
    np.testing.assert_allclose(
        floats["image"], pixels["image"] / 127.5 - 1, atol=1e-6
    )
    np.testing.assert_array_equal(floats["label"], pixels["label"])


def test_any_parallelism_gives_the_same(make_pairs):
    pairs, _ = make_pairs(6, size=(12, 16), instances=True)

    def epochs(threads):
        dataset = pairs.to_dataset(
            batch_size=4,
            shuffle=True,
            augment=EVERYTHING,
            seed=8,
            image_size=(9, 11),
        )
        options = tf.data.Options()
        options.threading.private_threadpool_size = threads
        dataset = dataset.with_options(options)
        return arrays(dataset) + arrays(dataset)

    one = epochs(1)
    assert_equal(one, epochs(7))
    first, second = one[0]["image"], one[2]["image"]
    assert (first != second).any()


def test_shards_augment_as_one_would(make_pairs):
    pairs, _ = make_pairs(5, size=(12, 16))
    settings = dict(shuffle=True, augment=EVERYTHING, seed=1)
    whole = arrays(pairs.to_dataset(**settings))
    parts = [arrays(pairs.to_dataset(**settings, shard=(i, 2))) for i in (0, 1)]
    assert_equal(whole[0::2], parts[0])
    assert_equal(whole[1::2], parts[1])


def test_the_policy_for_tf_distribute(make_pairs):
    pairs, _ = make_pairs(2)

    def policy(**settings):
        options = pairs.to_dataset(**settings).options()
        return options.experimental_distribute.auto_shard_policy

    assert policy() == POLICY.DATA
    assert policy(shard=(0, 2)) == POLICY.OFF


def test_batches_are_brought_to_a_device(make_pairs):
    pairs, _ = make_pairs(2)
    batches = list(pairs.to_dataset(device="/cpu:0"))
    assert len(batches) == 2
    assert "CPU:0" in batches[0]["image"].device


@pytest.mark.parametrize(
    "settings, words",
    [
        ({"image_dtype": "float16"}, "`image_dtype` must be 'float32', in"),
        ({"batch_size": 1.5}, "`batch_size` must be an integer >= 1"),
        ({"batch_size": True}, "`batch_size` must be an integer >= 1"),
        ({"augment": "yes"}, "`augment` must be True, False or an"),
        ({"shard": (3, 3)}, "`shard` must be None or (index, count)"),
        ({"shard": (0, 10**30)}, "at least one pair for each shard"),
        (
            {"seed": 1.5},
            "must be None or an integer. Received: seed=1.5",
        ),
        ({"seed": [1]}, "`seed` must be None or an integer"),
        ({"device": 5}, "`device` must be one of CPU:0"),
        ({"device": "/gpu:99"}, "Received: device='/gpu:99'"),
        ({"image_size": (65535, 65535)}, "at most 268435456 pixels"),
        ({"resize_mode": "squash"}, "`resize_mode` must be one of resize"),
    ],
)
def test_what_is_refused(make_pairs, settings, words):
    pairs, _ = make_pairs(1)
    with pytest.raises(ValueError) as error:
        pairs.to_dataset(**settings)
    assert words in str(error.value)


@pytest.mark.parametrize("batch_size", [4, 10**6, 10**30])
def test_a_batch_is_never_larger_than_the_data(make_pairs, batch_size):
    pairs, _ = make_pairs(3)
    (batch,) = pairs.to_dataset(batch_size=batch_size)
    assert batch["label"].shape[0] == 3


def test_any_whole_seed_is_taken(make_pairs):
    pairs, _ = make_pairs(3)
    for seed in (-1, 10**40, np.int64(3)):
        assert len(arrays(pairs.to_dataset(shuffle=True, seed=seed))) == 3


DISTRIBUTED = """
import sys, collections
import tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
logical = tf.config.LogicalDeviceConfiguration
tf.config.set_logical_device_configuration(cpu, [logical(), logical()])
from keras_pix2pixhd import read_pairs
pairs = read_pairs(sys.argv[1])
strategy = tf.distribute.MirroredStrategy(["/cpu:0", "/cpu:1"])
settings = dict(shuffle=True, seed=0)
whole = strategy.experimental_distribute_dataset(
    pairs.to_dataset(batch_size=2, **settings))
by_worker = strategy.distribute_datasets_from_function(
    lambda context: pairs.to_dataset(
        shard=(context.input_pipeline_id, context.num_input_pipelines),
        **settings))
seen = collections.Counter(
    image.numpy().tobytes()
    for batch in whole
    for part in strategy.experimental_local_results(batch["image"])
    for image in part)
print(len(seen), max(seen.values()))
seen = sum(
    len(strategy.experimental_local_results(batch["image"]))
    for batch in by_worker)
print(seen)
"""


@pytest.mark.slow
def test_two_devices_see_each_pair_once(tmp_path):
    folder = write_toy_cars(tmp_path / "toys", 8, (16, 24))
    assert len(read_pairs(folder)) == 8
    run = subprocess.run(
        [sys.executable, "-c", DISTRIBUTED, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "KERAS_BACKEND": "tensorflow"},
    )
    assert run.stdout.split() == ["8", "1", "8"], run.stderr
