"""By hand: draws in [0, 1) of which one can say what they do."""

import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers.image_variations import (
    color,
    cutout,
    translation,
)
from tests.gradients import gradients

ROWS = np.arange(16.0, dtype="float32").reshape(1, 16, 1, 1) + 1
COLUMNS = ROWS.reshape(1, 1, 16, 1)
ALMOST_ONE = np.nextafter(np.float32(1), np.float32(0))


def draws(**numbers):
    """For one sample, or for as many as there are numbers."""
    return {
        name: np.atleast_1d(np.asarray(number, "float32"))
        for name, number in numbers.items()
    }


def varied(function, x, **numbers):
    return ops.convert_to_numpy(function(draws(**numbers), x))


def pixel(values):
    return np.array(values, "float32").reshape(1, 1, -1, 3)


NEUTRAL = {"brightness": 0.5, "saturation": 0.5, "contrast": 0.5}


@pytest.mark.parametrize("draw, added", [(0, -0.5), (0.75, 0.25)])
def test_brightness_is_added(draw, added):
    found = varied(
        color, pixel([0, 0.1, 0.2]), **NEUTRAL | {"brightness": draw}
    )
    np.testing.assert_allclose(found, pixel([0, 0.1, 0.2]) + added, atol=1e-6)


@pytest.mark.parametrize(
    "draw, expected", [(0, [0.3, 0.3, 0.3]), (0.75, [-0.3, 0.6, 0.6])]
)
def test_saturation_scales_the_distance_from_the_grey_of_a_pixel(
    draw, expected
):
    image = pixel([-0.1, 0.5, 0.5])  # the mean is 0.3
    found = varied(color, image, **NEUTRAL | {"saturation": draw})
    np.testing.assert_allclose(found, pixel(expected), atol=1e-6)


@pytest.mark.parametrize("draw, low, high", [(0, 0, 0.4), (0.75, -0.05, 0.45)])
def test_contrast_scales_the_distance_from_the_mean_of_the_image(
    draw, low, high
):
    image = pixel([0, 0, 0, 0.4, 0.4, 0.4])
    expected = {0: [0.1] * 3 + [0.3] * 3, 0.75: [low] * 3 + [high] * 3}[draw]
    found = varied(color, image, **NEUTRAL | {"contrast": draw})
    np.testing.assert_allclose(found, pixel(expected), atol=1e-6)


def test_each_sample_has_its_own_numbers():
    image = np.zeros((2, 1, 1, 3), "float32")
    found = varied(
        color,
        image,
        brightness=[0.5, 1.0],
        saturation=[0.5, 0.5],
        contrast=[0.5, 0.5],
    )
    np.testing.assert_allclose(found[:, 0, 0, 0], [0, 0.5], atol=1e-6)


# of 16: an eighth is 2, so 5 offsets from -2 to 2
@pytest.mark.parametrize(
    "draw, expected",
    [
        (0.0, [*range(3, 17), 0, 0]),
        (0.3, [*range(2, 17), 0]),
        (0.5, [*range(1, 17)]),
        (ALMOST_ONE, [0, 0, *range(1, 15)]),
    ],
)
def test_rows_and_columns_move_by_up_to_an_eighth(draw, expected):
    down = varied(translation, ROWS, down=draw, right=0.5)
    assert down.ravel().tolist() == expected
    right = varied(translation, COLUMNS, down=0.5, right=draw)
    assert right.ravel().tolist() == expected


def test_samples_move_apart_and_channels_together():
    x = np.concatenate([ROWS, -ROWS]).repeat(2, axis=-1) * [1, 10]
    found = varied(
        translation, x.astype("float32"), down=[0.0, 0.5], right=[0.5, 0.5]
    )
    assert found[0, :, 0, 0].tolist() == [*range(3, 17), 0, 0]
    assert found[0, :, 0, 1].tolist() == [*range(30, 170, 10), 0, 0]
    assert found[1, :, 0, 0].tolist() == [-i for i in range(1, 17)]


# of 16: a window of 8, its middle from 0 to 16
@pytest.mark.parametrize(
    "draw, first, last",
    [(0.0, 0, 4), (0.5, 4, 12), (ALMOST_ONE, 12, 16), (0.25, 0, 8)],
)
def test_a_window_of_half_the_size_is_cut_out(draw, first, last):
    ones = np.ones((1, 16, 16, 2), "float32")
    found = varied(cutout, ones, row=draw, column=0.5)
    expected = ones.copy()
    expected[:, first:last, 4:12] = 0
    np.testing.assert_array_equal(found, expected)
    sideways = varied(cutout, ones, row=0.5, column=draw)
    np.testing.assert_array_equal(sideways, expected.swapaxes(1, 2))


def test_the_window_of_an_odd_size_has_the_larger_half():
    found = varied(cutout, np.ones((1, 1, 5, 1), "float32"), row=0, column=0.5)
    assert found.ravel().tolist() == [1, 0, 0, 0, 1]


@pytest.mark.parametrize(
    "function, numbers",
    [(translation, {"down": 0, "right": 0}), (cutout, {"row": 0, "column": 0})],
)
def test_a_single_pixel_goes_through(function, numbers):
    assert varied(function, np.ones((1, 1, 1, 1), "float32"), **numbers) in (
        0,
        1,
    )


def test_the_gradient_flows_to_where_each_value_came_from():
    weights = np.arange(16.0, dtype="float32").reshape(ROWS.shape)
    (found,) = gradients(
        lambda x: ops.sum(
            ops.multiply(weights, translation(draws(down=0.0, right=0.5), x))
        ),
        ROWS,
    )
    assert found.ravel().tolist() == [0, 0, *range(14)]


def test_no_gradient_comes_out_of_the_window():
    x = np.ones((1, 4, 4, 1), "float32")
    (found,) = gradients(
        lambda x: ops.sum(cutout(draws(row=0.5, column=0.5), x)), x
    )
    expected = np.ones((4, 4))
    expected[1:3, 1:3] = 0
    np.testing.assert_array_equal(found[0, :, :, 0], expected)


def test_a_grey_image_has_the_gradient_of_its_contrast():
    """Of a value: 1/n of the mean's, and 1.25 of the distance from it."""
    image = pixel([0.2] * 6)
    numbers = draws(**NEUTRAL | {"contrast": 0.75})
    (found,) = gradients(lambda x: color(numbers, x)[0, 0, 0, 0], image)
    np.testing.assert_allclose(
        found.ravel(), [1.25 - 0.25 / 6] + [-0.25 / 6] * 5, atol=1e-6
    )


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32"])
def test_the_dtype_stays(dtype):
    x = ops.ones((1, 8, 8, 3), dtype)
    for function, names in (
        (color, NEUTRAL),
        (translation, {"down": 0, "right": 0}),
        (cutout, {"row": 0, "column": 0}),
    ):
        found = function(draws(**names), x)
        assert found.dtype == x.dtype
