import itertools

import numpy as np
import pytest

from keras_pix2pixhd.data import (
    Augmentation,
    read_pairs,
    read_records,
    write_records,
)

pytest.importorskip("tensorflow")

DRAWN = {
    "shuffle": True,
    "seed": 7,
    "image_dtype": "uint8",
    "augment": Augmentation(flip=True, zoom=1.5, brightness=0.3),
}


def taken(dataset, count):
    return list(itertools.islice(dataset.as_numpy_iterator(), count))


def assert_equal(first, second):
    assert len(first) == len(second) > 0
    for a, b in zip(first, second, strict=True):
        assert set(a) == set(b)
        for kind in a:
            np.testing.assert_array_equal(a[kind], b[kind])


@pytest.fixture
def pairs(carvana_like):
    return read_pairs(carvana_like([f"p{n}" for n in range(5)], (8, 12)))


def test_batches_go_on_from_one_epoch_into_the_next(pairs):
    dataset = pairs.to_dataset(batch_size=3, repeat=True, image_dtype="uint8")
    assert dataset.element_spec["image"].shape == (3, 8, 12, 3)
    assert int(dataset.cardinality()) == -1
    seen = [batch["image"][:, 0, 0, 0].tolist() for batch in taken(dataset, 4)]
    assert seen == [[0, 1, 2], [3, 4, 0], [1, 2, 3], [4, 0, 1]]


def test_a_batch_may_be_larger_than_an_epoch(pairs):
    dataset = pairs.to_dataset(batch_size=7, repeat=True, image_dtype="uint8")
    (batch,) = taken(dataset, 1)
    assert batch["image"][:, 0, 0, 0].tolist() == [0, 1, 2, 3, 4, 0, 1]


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"cache": "memory"},
        {"resize_mode": "resize_and_crop", "load_size": (8, 12)},
    ],
)
def test_a_stream_that_begins_later_is_the_rest_of_the_stream(pairs, settings):
    settings = {**DRAWN, **settings, "batch_size": 2, "repeat": True}
    size = (6, 10) if "load_size" in settings else (8, 12)
    whole = taken(pairs.to_dataset(size, **settings), 9)
    rest = pairs.to_dataset(size, start=4, **settings)
    assert_equal(taken(rest, 5), whole[4:])


@pytest.fixture
def records(pairs, tmp_path):
    write_records(*pairs.partition(0.8), tmp_path / "records", shards=2)
    return read_records(tmp_path / "records").train


@pytest.mark.parametrize("shuffle", [False, True])
def test_records_go_on_as_well(records, shuffle):
    settings = {**DRAWN, "batch_size": 2, "repeat": True, "shuffle": shuffle}
    whole = taken(records.to_dataset((8, 12), **settings), 9)
    rest = records.to_dataset((8, 12), start=5, **settings)
    assert_equal(taken(rest, 4), whole[5:])


def test_each_pass_over_records_holds_each_once(records):
    dataset = records.to_dataset(
        batch_size=4, shuffle=True, seed=1, repeat=True, image_dtype="uint8"
    )
    seen = [b["image"][:, 0, 0, 0].tolist() for b in taken(dataset, 8)]
    assert len({tuple(sorted(one)) for one in seen}) == 1
    assert len({tuple(one) for one in seen}) > 1


@pytest.mark.parametrize("kind", ["files", "records"])
def test_workers_together_see_what_one_process_sees(pairs, records, kind):
    pairs = records if kind == "records" else pairs
    settings = {**DRAWN, "repeat": True, "start": 3}
    whole = taken(pairs.to_dataset(batch_size=4, **settings), 4)
    parts = [
        taken(pairs.to_dataset(batch_size=2, shard=(i, 2), **settings), 4)
        for i in range(2)
    ]
    together = [
        {kind: np.concatenate([a[kind], b[kind]]) for kind in a}
        for a, b in zip(*parts, strict=True)
    ]
    assert_equal(together, whole)


def test_what_is_left_out_is_not_read(pairs):
    settings = {"repeat": True, "image_dtype": "uint8"}
    dataset = pairs.to_dataset((8, 12), start=1, **settings)
    pairs.files(0)["image"].unlink()
    assert [b["image"][0, 0, 0, 0] for b in taken(dataset, 2)] == [1, 2]


@pytest.mark.parametrize("start", [-1, 1.5, True, "2"])
def test_a_start_that_is_no_number_of_batches_is_refused(pairs, start):
    with pytest.raises(ValueError, match=r"integer >= 0\. Received: start="):
        pairs.to_dataset(repeat=True, start=start)


def test_a_start_without_repeat_is_refused(pairs):
    words = r"begins at its first batch\. Received: start=2, .* `repeat=True`"
    with pytest.raises(ValueError, match=words):
        pairs.to_dataset(start=2)
