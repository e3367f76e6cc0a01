import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import ReflectionPadding2D
from tests.layer_checks import check_layer


def test_basics(tmp_path, rng):
    x = rng.random((2, 5, 4, 3), "float32")
    check_layer(ReflectionPadding2D, {"padding": 2}, x, (2, 9, 8, 3), tmp_path)


def test_border_is_not_repeated():
    x = np.arange(1.0, 10.0, dtype="float32").reshape(1, 3, 3, 1)
    y = ops.convert_to_numpy(ReflectionPadding2D(2)(x))
    assert y[0, :, :, 0].tolist() == [
        [9, 8, 7, 8, 9, 8, 7],
        [6, 5, 4, 5, 6, 5, 4],
        [3, 2, 1, 2, 3, 2, 1],
        [6, 5, 4, 5, 6, 5, 4],
        [9, 8, 7, 8, 9, 8, 7],
        [6, 5, 4, 5, 6, 5, 4],
        [3, 2, 1, 2, 3, 2, 1],
    ]


def test_height_and_width_may_differ():
    x = np.array([[1, 2, 3, 4], [5, 6, 7, 8]], "float32")[None, ..., None]
    y = ops.convert_to_numpy(ReflectionPadding2D(1)(x))
    assert y[0, :, :, 0].tolist() == [
        [6, 5, 6, 7, 8, 7],
        [2, 1, 2, 3, 4, 3],
        [6, 5, 6, 7, 8, 7],
        [2, 1, 2, 3, 4, 3],
    ]


def test_no_padding_changes_nothing(rng):
    x = rng.random((1, 3, 2, 2), "float32")
    assert (ops.convert_to_numpy(ReflectionPadding2D(0)(x)) == x).all()


def test_unknown_sizes_stay_unknown():
    shape = ReflectionPadding2D(3).compute_output_shape((None, None, 8, 5))
    assert shape == (None, None, 14, 5)


def test_negative_padding_is_refused():
    message = "padding must be at least 0. Received: padding=-1"
    with pytest.raises(ValueError, match=message):
        ReflectionPadding2D(-1)
