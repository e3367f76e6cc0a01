import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions.image_checks import checked_pixels


def test_bytes_stay_as_they_are(rng):
    images = rng.integers(0, 256, (2, 3, 4, 3), dtype="uint8")
    assert checked_pixels(images) is images


@pytest.mark.parametrize("dtype", ["float32", "float64", "int64"])
def test_other_numbers_become_bytes(dtype):
    images = np.array([0, 128, 255], dtype).reshape(1, 1, 1, 3)
    found = checked_pixels(images)
    assert found.dtype == np.uint8
    assert found.ravel().tolist() == [0, 128, 255]


def test_floats_are_rounded():
    images = np.array([0.4, 2.5, 254.9]).reshape(1, 1, 1, 3)
    assert checked_pixels(images).ravel().tolist() == [0, 3, 255]


def test_floats_from_0_to_1_are_refused():
    images = np.linspace(0, 1, 12).reshape(1, 2, 2, 3)
    with pytest.raises(ValueError, match=r"which look like \[0, 1\]"):
        checked_pixels(images)


@pytest.mark.parametrize(
    "shape", [(8, 8, 3), (1, 8, 8, 1), (1, 0, 8, 3), (1, 8, 8, 4)]
)
def test_other_shapes_are_refused(shape):
    with pytest.raises(ValueError, match=r"must be \(batch, .*Received: sha"):
        checked_pixels(np.zeros(shape, "uint8"))


def test_text_is_refused():
    with pytest.raises(ValueError, match="uint8 or floats.*dtype=<U1"):
        checked_pixels(np.full((1, 1, 1, 3), "x"))


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_nan_and_infinity_are_refused(value):
    with pytest.raises(ValueError, match="must be finite. Received: NaN or"):
        checked_pixels(np.full((1, 2, 2, 3), value))


@pytest.mark.parametrize("value", [-1.0, 255.5])
def test_other_ranges_are_refused(value):
    images = np.full((1, 2, 2, 3), value)
    with pytest.raises(ValueError, match=r"in \[0, 255\].*From \[-1, 1\]"):
        checked_pixels(images)
