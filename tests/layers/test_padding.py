import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import PADDINGS, Padding2D
from tests.gradients import gradients
from tests.layer_checks import check_layer


@pytest.mark.parametrize("mode", PADDINGS)
def test_basics(tmp_path, rng, mode):
    x = rng.random((2, 5, 4, 3), "float32")
    arguments = {"padding": 2, "mode": mode}
    check_layer(Padding2D, arguments, x, (2, 9, 8, 3), tmp_path)


def padded(x, padding, mode):
    x = np.array(x, "float32")[None, ..., None]
    return ops.convert_to_numpy(Padding2D(padding, mode)(x))[0, :, :, 0]


def test_names():
    assert PADDINGS == ("reflect", "replicate", "zero")


def test_reflect_is_the_default():
    layer = Padding2D()
    assert (layer.padding, layer.mode) == (1, "reflect")


def test_reflection_does_not_repeat_the_border():
    x = np.arange(1.0, 10.0, dtype="float32").reshape(1, 3, 3, 1)
    y = ops.convert_to_numpy(Padding2D(2)(x))
    assert y[0, :, :, 0].tolist() == [
        [9, 8, 7, 8, 9, 8, 7],
        [6, 5, 4, 5, 6, 5, 4],
        [3, 2, 1, 2, 3, 2, 1],
        [6, 5, 4, 5, 6, 5, 4],
        [9, 8, 7, 8, 9, 8, 7],
        [6, 5, 4, 5, 6, 5, 4],
        [3, 2, 1, 2, 3, 2, 1],
    ]


def test_replicate_repeats_the_border():
    assert padded([[1, 2], [3, 4]], 2, "replicate").tolist() == [
        [1, 1, 1, 2, 2, 2],
        [1, 1, 1, 2, 2, 2],
        [1, 1, 1, 2, 2, 2],
        [3, 3, 3, 4, 4, 4],
        [3, 3, 3, 4, 4, 4],
        [3, 3, 3, 4, 4, 4],
    ]


def test_zero_surrounds_with_zeros():
    assert padded([[1, 2], [3, 4]], 1, "zero").tolist() == [
        [0, 0, 0, 0],
        [0, 1, 2, 0],
        [0, 3, 4, 0],
        [0, 0, 0, 0],
    ]


@pytest.mark.parametrize(
    "mode, numpys",
    [("reflect", "reflect"), ("replicate", "edge"), ("zero", "constant")],
)
@pytest.mark.parametrize("padding", [1, 3])
def test_equals_numpy(rng, padding, mode, numpys):
    x = rng.random((2, 4, 5, 3), "float32")
    sides = (padding, padding)
    expected = np.pad(x, ((0, 0), sides, sides, (0, 0)), mode=numpys)
    found = ops.convert_to_numpy(Padding2D(padding, mode)(x))
    assert np.array_equal(found, expected)


def test_one_pixel_is_enough_without_reflection():
    assert padded([[7]], 1, "replicate").tolist() == [[7] * 3] * 3
    assert padded([[7]], 1, "zero").tolist() == [[0] * 3, [0, 7, 0], [0] * 3]


def test_gradient_counts_how_often_a_pixel_is_repeated():
    # a corner of 2x2 becomes a square of 2x2
    def total(x):
        return ops.sum(Padding2D(1, "replicate")(x))

    (found,) = gradients(total, np.ones((1, 2, 2, 1), "float32"))
    assert found[0, :, :, 0].tolist() == [[4, 4], [4, 4]]


def test_height_and_width_may_differ():
    x = np.array([[1, 2, 3, 4], [5, 6, 7, 8]], "float32")[None, ..., None]
    y = ops.convert_to_numpy(Padding2D(1)(x))
    assert y[0, :, :, 0].tolist() == [
        [6, 5, 6, 7, 8, 7],
        [2, 1, 2, 3, 4, 3],
        [6, 5, 6, 7, 8, 7],
        [2, 1, 2, 3, 4, 3],
    ]


@pytest.mark.parametrize("mode", PADDINGS)
def test_no_padding_changes_nothing(rng, mode):
    x = rng.random((1, 3, 2, 2), "float32")
    assert (ops.convert_to_numpy(Padding2D(0, mode)(x)) == x).all()


def test_unknown_sizes_stay_unknown():
    shape = Padding2D(3).compute_output_shape((None, None, 8, 5))
    assert shape == (None, None, 14, 5)


def test_negative_padding_is_refused():
    message = "padding must be at least 0. Received: padding=-1"
    with pytest.raises(ValueError, match=message):
        Padding2D(-1)


def test_unknown_mode_is_refused():
    message = (
        "padding must be one of reflect, replicate, zero. "
        "Received: padding='symmetric'"
    )
    with pytest.raises(ValueError, match=message):
        Padding2D(1, "symmetric")
