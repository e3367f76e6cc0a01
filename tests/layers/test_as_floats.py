import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import as_floats


def test_pixels_become_floats():
    found = ops.convert_to_numpy(as_floats(np.array([0, 51, 255], "uint8")))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [-1, -0.6, 1], atol=1e-6)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16", "float32"])
def test_floats_stay_as_they_are(dtype):
    images = ops.ones((2, 3), dtype)
    assert as_floats(images) is images
