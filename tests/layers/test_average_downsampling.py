import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import AverageDownsampling2D
from tests.layer_checks import check_layer


def halved(x):
    x = np.array(x, "float32")[None, ..., None]
    return ops.convert_to_numpy(AverageDownsampling2D()(x))[0, :, :, 0]


def test_basics(tmp_path, rng):
    x = rng.random((2, 5, 8, 3), "float32")
    check_layer(AverageDownsampling2D, {}, x, (2, 3, 4, 3), tmp_path)


def test_what_is_outside_is_not_counted():
    # windows: rows 0-1 and 1-3; columns 0-1 and 1-3
    x = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], [13, 14, 15, 16]]
    expected = [
        [(1 + 2 + 5 + 6) / 4, (2 + 3 + 4 + 6 + 7 + 8) / 6],
        [(5 + 6 + 9 + 10 + 13 + 14) / 6, (6 + 8 + 10 + 12 + 14 + 16 + 33) / 9],
    ]
    assert halved(x) == pytest.approx(np.array(expected), abs=1e-6)


def test_odd_sizes_are_rounded_up():
    # windows: columns 0-1, 1-3 and 3-4
    expected = np.array([[1.5, 3.0, 4.5]])
    assert halved([[1, 2, 3, 4, 5]]) == pytest.approx(expected, abs=1e-6)


def test_one_pixel_stays():
    assert halved([[7]]) == pytest.approx(np.array([[7.0]]), abs=1e-6)


def test_channels_and_images_stay_apart():
    x = np.zeros((2, 2, 2, 2), "float32")
    x[0, ..., 1] = 4
    y = ops.convert_to_numpy(AverageDownsampling2D()(x))
    assert y[:, 0, 0].tolist() == [[0, 4], [0, 0]]


def test_unknown_sizes_stay_unknown():
    shape = AverageDownsampling2D().compute_output_shape((None, None, 5, 2))
    assert shape == (None, None, 3, 2)
