import numpy as np
import pytest

from keras_pix2pixhd.data import read_pairs
from keras_pix2pixhd.metrics.batches import finite_batches


@pytest.fixture
def pairs(carvana_like):
    """Image number n is all n."""
    return read_pairs(carvana_like([f"p{n}" for n in range(5)]))


def endless(pairs, batch_size=2, seed=3, **settings):
    return pairs.to_pydataset(
        batch_size=batch_size,
        shuffle=True,
        seed=seed,
        image_dtype="uint8",
        repeat=True,
        **settings,
    )


def numbers(dataset, batches):
    """Which images are in some batches."""
    return [dataset[i]["image"][:, 0, 0, 0].tolist() for i in batches]


def test_epoch_follows_epoch_in_whole_batches(pairs):
    dataset = endless(pairs)
    assert dataset.num_batches is None
    found = numbers(dataset, range(5))
    assert [len(batch) for batch in found] == [2] * 5
    in_a_row = np.concatenate(found).tolist()
    assert sorted(in_a_row[:5]) == sorted(in_a_row[5:]) == [0, 1, 2, 3, 4]
    assert in_a_row[:5] != in_a_row[5:]


def test_its_epochs_are_those_of_the_data_set_with_an_end(pairs):
    settings = {"shuffle": True, "augment": True, "seed": 3}
    finite = pairs.to_pydataset(batch_size=5, **settings)
    dataset = pairs.to_pydataset(batch_size=5, repeat=True, **settings)
    for epoch in range(3):
        finite.epoch = epoch
        for kind, array in finite[0].items():
            np.testing.assert_array_equal(dataset[epoch][kind], array)


def test_it_can_begin_anywhere(pairs):
    expected = numbers(endless(pairs), range(9))
    assert numbers(endless(pairs, start=4), range(5)) == expected[4:]


def test_threads_change_nothing(pairs):
    expected = numbers(endless(pairs), range(9))
    dataset = endless(pairs, workers=3)
    assert numbers(dataset, range(9)) == expected
    assert numbers(dataset, [8, 2, 3, 0]) == [expected[i] for i in (8, 2, 3, 0)]


def test_what_cannot_be_read_is_said_where_it_is_due(pairs):
    dataset = endless(pairs, batch_size=1, workers=2)
    order = np.concatenate(numbers(dataset, range(5))).tolist()
    dataset = endless(pairs, batch_size=1, workers=2)
    path = pairs.files(order[3])["image"]
    path.write_bytes(b"no image")
    assert len(numbers(dataset, range(3))) == 3
    with pytest.raises(ValueError, match=path.name):
        dataset[3]


def test_workers_have_together_what_one_has(pairs):
    whole = numbers(endless(pairs, batch_size=4), range(4))
    halves = [
        numbers(endless(pairs, shard=(index, 2)), range(4)) for index in (0, 1)
    ]
    assert [a + b for a, b in zip(*halves, strict=True)] == whole


@pytest.mark.parametrize("start", [-1, 1.5, True, "a"])
def test_starts_that_are_no_number_of_batches(pairs, start):
    words = "must be a number of batches, an integer >= 0. Received: start="
    with pytest.raises(ValueError, match=words):
        endless(pairs, start=start)


def test_a_data_set_with_an_end_begins_at_its_beginning(pairs):
    with pytest.raises(ValueError, match="Pass `repeat=True`"):
        pairs.to_pydataset(start=2)


def test_what_goes_through_a_data_set_once_refuses_it(pairs):
    with pytest.raises(ValueError, match="one that repeats forever"):
        next(finite_batches(endless(pairs)))
