import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import to_uint8


def pixels(images):
    return ops.convert_to_numpy(to_uint8(np.array(images, "float32")))


def test_range_becomes_0_to_255():
    assert pixels([-1.0, 0.0, 1.0]).tolist() == [0, 128, 255]


def test_values_outside_are_clipped():
    found = pixels([-np.inf, -1.01, 1.01, 30.0, np.inf])
    assert found.tolist() == [0, 0, 255, 255, 255]


def test_every_level_comes_back():
    levels = np.arange(256, dtype="uint8")
    found = pixels(levels.astype("float32") / 127.5 - 1.0)
    np.testing.assert_array_equal(found, levels)


def test_levels_are_rounded_to_the_nearest():
    levels = [(3.49, 3), (3.51, 4), (254.4, 254), (254.6, 255)]
    found = pixels([level / 127.5 - 1 for level, _ in levels])
    assert found.tolist() == [expected for _, expected in levels]


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32"])
def test_any_precision_gives_uint8_of_the_same_shape(dtype):
    found = to_uint8(ops.ones((2, 3, 1, 3), dtype))
    assert ops.convert_to_numpy(found).dtype == np.uint8
    assert tuple(found.shape) == (2, 3, 1, 3)
