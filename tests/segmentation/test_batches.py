import itertools

import numpy as np
import pytest

from keras_pix2pixhd.data import (
    backend_dataset,
    prepare_records,
    read_pairs,
    read_records,
    write_toy_cars,
)
from keras_pix2pixhd.segmentation.batches import (
    ordered_batches,
    training_batches,
)


@pytest.fixture
def pairs(tmp_path):
    return read_pairs(write_toy_cars(tmp_path / "toys", 5, (16, 24)))


@pytest.fixture(params=["TensorFlow", "Pillow"])
def reader(request, monkeypatch):
    """What reads the files: TensorFlow, or Pillow on other backends."""
    with_tensorflow = request.param == "TensorFlow"
    if with_tensorflow:
        pytest.importorskip("tensorflow")
    monkeypatch.setattr(
        backend_dataset, "reads_with_tensorflow", lambda pairs: with_tensorflow
    )


def test_held_out_pairs_come_once_and_in_order(pairs, reader):
    found = list(ordered_batches(pairs, (16, 24), 2))
    assert [len(image) for image, _ in found] == [2, 2, 1]
    for place, (image, label) in enumerate(found):
        expected = [pairs.read(2 * place + i) for i in range(len(image))]
        for i, arrays in enumerate(expected):
            assert np.array_equal(image[i], arrays["image"])
            assert np.array_equal(label[i], arrays["label"])


def test_training_batches_have_no_end_and_another_order(pairs, reader):
    stream = training_batches(pairs, (8, 12), 5, seed=0)
    found = list(itertools.islice(stream, 3))
    for image, label in found:
        assert (image.shape, image.dtype) == ((5, 8, 12, 3), "uint8")
        assert (label.shape, label.dtype.kind) == ((5, 8, 12), "u")
    means = [image.mean((1, 2, 3)).round(3).tolist() for image, _ in found]
    assert means[0] != means[1] != means[2] != means[0]


@pytest.mark.parametrize("reader", ["Pillow"], indirect=True)
def test_the_seed_decides_the_batches(pairs, reader):
    def first(seed):
        return next(training_batches(pairs, (8, 12), 3, seed))[0]

    assert np.array_equal(first(1), first(1))
    assert not np.array_equal(first(1), first(2))


def test_records_come_as_well(pairs, tmp_path):
    pytest.importorskip("tensorflow")
    prepare_records(tmp_path / "toys", tmp_path / "records")
    records = read_records(tmp_path / "records").train
    found = list(ordered_batches(records, (16, 24), 1))
    assert len(found) == len(records)
    image, label = next(training_batches(records, (8, 12), 3, seed=0))
    assert image.shape == (3, 8, 12, 3) and label.shape == (3, 8, 12)
