import numpy as np
import pytest

from keras_pix2pixhd import PairsPyDataset, read_pairs, write_toy_cars


@pytest.fixture
def pairs(tmp_path):
    return read_pairs(write_toy_cars(tmp_path / "toys", 5, (16, 24)))


def test_it_makes_a_pydataset_of_its_arguments(pairs):
    dataset = pairs.to_pydataset((8, 12), 2, shuffle=True, seed=1)
    assert isinstance(dataset, PairsPyDataset)
    assert len(dataset) == 3
    assert dataset[2]["image"].shape == (1, 8, 12, 3)


def test_its_batches_are_those_of_to_dataset(pairs):
    pytest.importorskip("tensorflow")
    batches = pairs.to_dataset(batch_size=2)
    for ours, theirs in zip(
        pairs.to_pydataset(batch_size=2), batches, strict=True
    ):
        assert set(ours) == set(theirs)
        for kind, array in theirs.items():
            assert ours[kind].dtype == array.numpy().dtype
            np.testing.assert_allclose(ours[kind], array, atol=1e-6)


@pytest.mark.parametrize("workers", [-1, 0, 1.5, "a", float("nan"), True, None])
def test_workers_that_are_no_number_of_threads(pairs, workers):
    words = f"`workers` must be an int >= 1. Received: workers={workers!r}"
    with pytest.raises(ValueError, match=words):
        pairs.to_pydataset(workers=workers)


@pytest.mark.parametrize("size", [-1, 0, 1.5, "a", True, None])
def test_queues_without_room(pairs, size):
    words = "`max_queue_size` must be an int >= 1. Received: max_queue_size="
    with pytest.raises(ValueError, match=words):
        pairs.to_pydataset(workers=2, max_queue_size=size)
