import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions.feature_checks import (
    checked_features,
)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_floats_keep_their_dtype(dtype):
    assert checked_features(np.ones((2, 3), dtype)).dtype == dtype


def test_integers_become_floats():
    found = checked_features([[1, 2]])
    assert found.dtype == np.float64 and found.tolist() == [[1.0, 2.0]]


@pytest.mark.parametrize("shape", [(3,), (3, 0), (1, 2, 3)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(
        ValueError, match=r"real must be \(images, dimensions\). Received: sh"
    ):
        checked_features(np.zeros(shape), "real")


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="must be numbers. Received: dtype"):
        checked_features([["x"]])


def test_other_dimensions_are_refused():
    with pytest.raises(
        ValueError, match=r"those before, 4\. Received: 3\. Take all feat"
    ):
        checked_features(np.zeros((2, 3)), dimensions=4)


@pytest.mark.parametrize("value", [1e200, -1e39])
def test_numbers_that_overflow_are_refused(value):
    with pytest.raises(
        ValueError, match=r"float32 holds: .*Received: values of up to 1e\+"
    ):
        checked_features([[1.0, value]])


def test_no_features_are_taken():
    assert checked_features(np.zeros((0, 3))).shape == (0, 3)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nan_and_infinity_are_refused(value):
    with pytest.raises(
        ValueError, match="real features must be finite. Received: NaN or inf"
    ):
        checked_features([[1.0, value]], "real features")
