import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import InstanceNormalization
from tests.layer_checks import check_layer


def normalized(x, **arguments):
    return ops.convert_to_numpy(InstanceNormalization(**arguments)(x))


def column(*values):
    return np.array(values, "float32").reshape(1, -1, 1, 1)


@pytest.mark.parametrize("affine", [False, True])
def test_basics(tmp_path, rng, affine):
    x = rng.random((2, 5, 4, 3), "float32")
    arguments = {"epsilon": 1e-4, "affine": affine}
    check_layer(InstanceNormalization, arguments, x, (2, 5, 4, 3), tmp_path)


def test_variance_is_biased():
    # mean 2, squared distances 4, 0, 0, 4: variance 8 / 4 = 2
    found = normalized(column(0, 2, 2, 4), epsilon=0.0)
    root = 2 / np.sqrt(2)
    assert found.ravel() == pytest.approx([-root, 0, 0, root], abs=1e-6)


def test_epsilon_is_inside_the_root():
    # variance 1, so 1 / sqrt(1 + 3)
    found = normalized(column(-1, 1), epsilon=3.0)
    assert found.ravel() == pytest.approx([-0.5, 0.5], abs=1e-6)


def test_default_epsilon_is_torchs():
    assert InstanceNormalization().epsilon == 1e-5
    # variance 1e-6: 1e-3 / sqrt(1e-6 + 1e-5)
    found = normalized(column(-1e-3, 1e-3))
    assert found.ravel() == pytest.approx([-0.3015113, 0.3015113], abs=1e-6)


def test_images_and_channels_are_normalized_apart():
    x = np.zeros((2, 1, 2, 2), "float32")
    x[0, 0, :, 0] = [1, 3]
    x[0, 0, :, 1] = [60, 20]
    x[1, 0, :, 0] = [-500, -500]
    found = normalized(x, epsilon=0.01)[:, 0]
    one = 1 / np.sqrt(1 + 0.01)
    twenty = 20 / np.sqrt(400 + 0.01)
    assert found[0, :, 0] == pytest.approx([-one, one], abs=1e-6)
    assert found[0, :, 1] == pytest.approx([twenty, -twenty], abs=1e-6)
    assert found[1].tolist() == [[0, 0], [0, 0]]


def test_one_pixel_becomes_zero():
    assert normalized(column(5.0)).item() == 0


def test_far_from_zero_nothing_is_cancelled():
    # mean 10000.5, variance 0.25
    found = normalized(column(10000, 10001), epsilon=0.0)
    assert found.ravel() == pytest.approx([-1, 1], abs=1e-3)


def test_affine_scales_then_shifts():
    layer = InstanceNormalization(epsilon=0.0, affine=True)
    layer.build((None, None, None, 1))
    layer.gamma.assign([3.0])
    layer.beta.assign([10.0])
    found = ops.convert_to_numpy(layer(column(-1, 1)))
    assert found.ravel() == pytest.approx([7, 13], abs=1e-5)


def test_affine_starts_as_identity():
    layer = InstanceNormalization(affine=True)
    layer.build((None, None, None, 2))
    found = {w.name: ops.convert_to_numpy(w).tolist() for w in layer.weights}
    assert found == {"gamma": [1, 1], "beta": [0, 0]}


def test_no_weights_by_default():
    layer = InstanceNormalization()
    layer.build((None, None, None, 2))
    assert layer.weights == []


def test_statistics_are_float32_in_half_precision():
    # the squares would overflow float16, whose largest number is 65504
    layer = InstanceNormalization(dtype="mixed_float16")
    found = layer(ops.cast(column(-1000, 1000), "float16"))
    assert keras.backend.standardize_dtype(found.dtype) == "float16"
    assert ops.convert_to_numpy(found).ravel().tolist() == [-1, 1]
