import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import BilinearDoubling2D
from tests.layer_checks import check_layer


def test_every_duty_of_a_layer(rng, tmp_path):
    x = rng.normal(size=(2, 3, 5, 4)).astype("float32")
    check_layer(BilinearDoubling2D, {}, x, (2, 6, 10, 4), tmp_path)


@pytest.mark.parametrize("size", [(1, 1), (1, 4), (3, 5)])
def test_equals_that_of_keras(rng, size):
    x = rng.normal(size=(2, *size, 3)).astype("float32")
    expected = keras.layers.UpSampling2D(2, interpolation="bilinear")(x)
    np.testing.assert_allclose(
        ops.convert_to_numpy(BilinearDoubling2D()(x)),
        ops.convert_to_numpy(expected),
        atol=1e-6,
    )


def test_a_compiled_model_takes_one_size_after_another():
    inputs = keras.Input((None, None, 1))
    model = keras.Model(inputs, BilinearDoubling2D()(inputs))
    for size in [(2, 3), (4, 1), (5, 5)]:
        x = np.ones((1, *size, 1), "float32")
        found = model.predict_on_batch(x)
        assert found.shape == (1, 2 * size[0], 2 * size[1], 1)
        assert (found == 1).all()
