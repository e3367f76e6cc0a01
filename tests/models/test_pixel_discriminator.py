import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import SpectralConv2D
from keras_pix2pixhd.models import PixelDiscriminator
from tests.layer_checks import check_layer


def test_basics(tmp_path, rng):
    arguments = {
        "input_channels": 3,
        "filters": 4,
        "normalization": "batch",
        "spectral_normalization": True,
        "output_activation": "sigmoid",
        "name": "pixels",
    }
    check_layer(
        PixelDiscriminator,
        arguments,
        rng.random((2, 5, 7, 3), "float32"),
        [(2, 5, 7, 4), (2, 5, 7, 8), (2, 5, 7, 1)],
        tmp_path,
        dtypes=lambda dtype: [dtype] * 2 + ["float32"],
    )


def test_number_of_parameters():
    # 6 * 64 + 64, 64 * 128, 128 + 1; no bias before the normalization
    assert PixelDiscriminator(6).count_params() == 448 + 8192 + 129


def test_numbers_worked_by_hand():
    network = PixelDiscriminator(1, 1, normalization="none")
    # w = 2, b = 1; w = (1, -1), b = 0; w = (1, 10), b = -3
    network.set_weights(
        [
            np.full((1, 1, 1, 1), 2.0),
            np.ones(1),
            np.reshape([1.0, -1.0], (1, 1, 1, 2)),
            np.zeros(2),
            np.reshape([1.0, 10.0], (1, 1, 2, 1)),
            np.full(1, -3.0),
        ]
    )
    x = np.array([2, -3], "float32").reshape(1, 1, 2, 1)
    maps = [ops.convert_to_numpy(m)[0, 0] for m in network(x)]
    # 2 * 2 + 1 = 5; (2 * -3 + 1) * 0.2 = -1
    assert maps[0] == pytest.approx(np.array([[5], [-1]]))
    # (5, -5 * 0.2), (-1 * 0.2, 1)
    assert maps[1] == pytest.approx(np.array([[5, -1], [-0.2, 1]]))
    # 5 - 10 - 3, -0.2 + 10 - 3
    assert maps[2] == pytest.approx(np.array([[-8], [6.8]]))


def test_a_pixel_is_judged_alone(rng):
    network = PixelDiscriminator(2, 4, normalization="none")
    x = rng.random((1, 3, 3, 2), "float32")
    before = ops.convert_to_numpy(network(x)[-1])
    x[0, 1, 2] += 1
    moved = ops.convert_to_numpy(network(x)[-1]) != before
    assert np.argwhere(moved).tolist() == [[0, 1, 2, 0]]


def test_every_convolution_is_spectral_or_none():
    def kinds(spectral):
        network = PixelDiscriminator(2, 4, spectral_normalization=spectral)
        return [
            isinstance(layer, SpectralConv2D)
            for layer in network.layers
            if hasattr(layer, "kernel")
        ]

    assert kinds(True) == [True] * 3
    assert kinds(False) == [False] * 3


@pytest.mark.parametrize("name", ["input_channels", "filters"])
def test_numbers_below_one_are_refused(name):
    message = f"{name} must be at least 1. Received: {name}=0"
    with pytest.raises(ValueError, match=message):
        PixelDiscriminator(**{"input_channels": 2, name: 0})


def test_unknown_names_are_refused():
    with pytest.raises(ValueError, match="output_activation='tanh'"):
        PixelDiscriminator(2, output_activation="tanh")
    with pytest.raises(ValueError, match="normalization='layer'"):
        PixelDiscriminator(2, normalization="layer")
