import numpy as np
import pytest

from keras_pix2pixhd.callbacks import take_samples
from keras_pix2pixhd.data import read_pairs, write_toy_cars


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    folder = write_toy_cars(tmp_path_factory.mktemp("toys") / "toys", 7)
    return read_pairs(folder)


def test_pairs_are_spread_evenly(pairs):
    samples = take_samples(pairs, 3)
    assert samples["label"].shape == samples["instance"].shape == (3, 64, 96)
    for row, index in enumerate([0, 3, 6]):
        pair = pairs.read(index)
        np.testing.assert_array_equal(samples["label"][row], pair["label"])
        levels = (samples["image"][row] + 1) * 127.5
        np.testing.assert_allclose(levels, pair["image"], atol=1e-4)
    assert samples["image"].dtype == "float32"


def test_image_size_keeps_label_values(pairs):
    samples = take_samples(pairs, 2, image_size=(20, 31))
    assert samples["image"].shape == (2, 20, 31, 3)
    assert samples["label"].dtype == "uint8"
    assert samples["instance"].dtype == "int32"
    assert set(np.unique(samples["label"])) <= set(range(7))


def test_batches_of_any_size_and_all_if_there_are_no_more():
    data = np.arange(10).reshape(10, 1, 1) * np.ones((1, 2, 3), "int32")
    batches = [{"label": data[i : i + 4]} for i in (0, 4, 8)]
    assert take_samples(batches, 4)["label"][:, 0, 0].tolist() == [0, 3, 6, 9]
    assert take_samples(batches, 99)["label"].shape == (10, 2, 3)
    np.testing.assert_array_equal(take_samples(batches)["label"], data)
    assert take_samples(batches, 1)["label"][:, 0, 0].tolist() == [0]


def test_same_as_the_dataset(pairs):
    pytest.importorskip("tensorflow")
    from_pairs = take_samples(pairs, 3, image_size=(16, 24))
    dataset = pairs.to_dataset(image_size=(16, 24), batch_size=2)
    from_dataset = take_samples(dataset, 3)
    for key, value in from_pairs.items():
        # TensorFlow's bicubic filter may round to the next of 255 levels
        tolerance = 2 / 255 + 1e-6 if key == "image" else 0
        np.testing.assert_allclose(from_dataset[key], value, atol=tolerance)


def test_refused(pairs):
    one, other = np.zeros((1, 2, 2)), np.zeros((1, 2, 3))
    with pytest.raises(ValueError, match="at least 1. Received: count=0"):
        take_samples(pairs, 0)
    with pytest.raises(ValueError, match="at least one sample"):
        take_samples([], 2)
    with pytest.raises(ValueError, match=r"\[\(2, 2\), \(2, 3\)\]. Pass image"):
        take_samples([{"label": one}, {"label": other}], 2)
    with pytest.raises(ValueError, match="only once. Pass a list"):
        take_samples(iter([{"label": one}]), 1)
    with pytest.raises(ValueError, match=r"for Pairs.*image_size=\(4, 4\)"):
        take_samples([{"label": one}], 1, image_size=(4, 4))


def test_pixels_become_what_networks_see():
    pixels = np.array([0, 51, 255], "uint8").reshape(1, 1, 1, 3)
    samples = take_samples([{"label": pixels, "image": pixels}])
    for key in ("label", "image"):
        assert samples[key].dtype == np.float32
        found = samples[key].ravel()
        np.testing.assert_allclose(found, [-1, -0.6, 1], atol=1e-6)


@pytest.mark.parametrize("dataset", [5, None, "cars", b"cars"])
def test_what_gives_no_batches_is_refused(dataset):
    words = f"The data set must give batches: .*Received: {dataset!r}"
    with pytest.raises(ValueError, match=words):
        take_samples(dataset)
    with pytest.raises(ValueError, match="count must be an integer.*='x'"):
        take_samples([], "x")
