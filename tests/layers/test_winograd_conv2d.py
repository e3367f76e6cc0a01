"""A convolution that takes the faster of two ways."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.layers import (
    ResidualBlock,
    WinogradConv2D,
    residual_block,
    winograd_conv2d,
)
from tests.layer_checks import check_config


@pytest.fixture
def ways(monkeypatch):
    """A few channels count as many; gives what was called."""
    taken = []

    def noted(x, kernel):
        taken.append("winograd")
        return winograd(x, kernel)

    winograd = winograd_conv2d.winograd_convolution
    monkeypatch.setattr(winograd_conv2d, "winograd_convolution", noted)
    monkeypatch.setattr(winograd_conv2d, "MIN_CHANNELS", 4)
    monkeypatch.setattr(winograd_conv2d, "MIN_CHANNEL_PIXELS", 4 * 7 * 8)
    here = (keras.backend.backend(),)
    monkeypatch.setattr(winograd_conv2d, "BACKENDS", here)
    return taken


def image(channels=4):
    random = np.random.default_rng(0)
    return random.normal(size=(1, 7, 8, channels)).astype("float32")


@pytest.mark.parametrize("padding", ["valid", "same"])
def test_numbers_are_those_of_keras(ways, padding):
    layer = WinogradConv2D(6, 3, padding=padding, activation="relu")
    other = keras.layers.Conv2D(6, 3, padding=padding, activation="relu")
    x = image()
    found = keras.ops.convert_to_numpy(layer(x))
    other.build(x.shape)
    other.set_weights(layer.get_weights())
    expected = keras.ops.convert_to_numpy(other(x))
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert ways


@pytest.mark.parametrize(
    "arguments",
    [
        {"filters": 3},
        {"kernel_size": 4},
        {"strides": 2},
        {"dilation_rate": 2},
        {"groups": 2},
        {"dtype": "mixed_bfloat16"},
    ],
    ids=str,
)
def test_others_are_convolved_by_keras(ways, arguments):
    layer = WinogradConv2D(**{"filters": 4, "kernel_size": 3, **arguments})
    layer(image())
    assert not ways


def test_on_jax_it_is_left_to_its_compiler(ways, monkeypatch):
    monkeypatch.setattr(winograd_conv2d, "BACKENDS", ("tensorflow", "torch"))
    monkeypatch.setattr(winograd_conv2d.keras.backend, "backend", lambda: "jax")
    assert not WinogradConv2D(4, 3)._pays_off(image())


def test_a_gpu_chooses_by_itself(ways, monkeypatch):
    monkeypatch.setattr(winograd_conv2d, "on_processors", lambda: False)
    WinogradConv2D(4, 3)(image())
    assert not ways


def test_a_plain_one_is_left_to_keras(ways):
    layer = WinogradConv2D(4, 3)
    layer.plain = True
    layer(image())
    assert not ways


def test_weights_of_stock_layers_load(monkeypatch, tmp_path):
    file = tmp_path / "a.keras"
    with monkeypatch.context() as patch:
        patch.setattr(residual_block, "WinogradConv2D", keras.layers.Conv2D)
        stock = keras.Sequential([keras.Input((5, 6, 2)), ResidualBlock(2)])
        stock.save(file)
    loaded = keras.saving.load_model(file)
    kinds = [type(layer) for layer in loaded.layers[0].branch]
    assert kinds.count(WinogradConv2D) == 2
    np.testing.assert_array_equal(
        loaded.get_weights()[0], stock.get_weights()[0]
    )


def test_few_pixels_are_left_to_keras(ways):
    WinogradConv2D(4, 3)(image()[:, 1:])
    assert not ways
    WinogradConv2D(4, 3)(image())
    assert ways


def test_unknown_sizes_work(ways):
    inputs = keras.Input((None, None, 4))
    model = keras.Model(inputs, WinogradConv2D(4, 3)(inputs))
    for size in ((7, 8), (9, 4)):
        x = np.ones((1, *size, 4), "float32")
        shape = model.predict(x, verbose=0).shape
        assert shape == (1, size[0] - 2, size[1] - 2, 4)
    assert ways


@pytest.mark.parametrize("size", [(1, 1), (2, 9), (9, 2)])
def test_what_is_smaller_than_the_kernel_is_left_to_keras(ways, size):
    def outcome(kind):
        layer = kind(4, 3)
        layer.build((None, None, None, 4))
        try:
            return tuple(layer(np.ones((1, *size, 4), "float32")).shape)
        except Exception as error:
            return type(error)

    assert outcome(WinogradConv2D) == outcome(keras.layers.Conv2D)
    assert not ways


def test_it_is_made_again_from_its_config():
    check_config(WinogradConv2D(4, 3), {"filters": 4, "kernel_size": (3, 3)})
