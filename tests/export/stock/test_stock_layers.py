import keras
import numpy as np
import pytest

from keras_pix2pixhd import layers
from keras_pix2pixhd.export.stock.stock_layers import stock_call
from keras_pix2pixhd.layers.batch_normalization import BatchNormalization


def stock_of(layer, pixels, weights=None):
    """What stands for a layer, applied to `(height, width, channels)`."""
    pixels = np.asarray(pixels, "float32")[None]
    layer.build(pixels.shape)
    if weights is not None:
        layer.set_weights([np.asarray(w, "float32") for w in weights])
    x = keras.Input((None, None, pixels.shape[-1]))
    model = keras.Model(x, stock_call(layer, x, "stock"))
    assert "keras_pix2pixhd" not in model.to_json()
    return keras.ops.convert_to_numpy(model(pixels))[0]


def test_pixels_are_shuffled_as_by_torch():
    four = np.arange(8.0).reshape(1, 1, 8)
    y = stock_of(layers.PixelShuffle2D(), four)
    assert y[..., 0].tolist() == [[0, 1], [2, 3]]
    assert y[..., 1].tolist() == [[4, 5], [6, 7]]


def test_doubling_goes_a_quarter_of_the_way():
    y = stock_of(layers.BilinearDoubling2D(), [[[0], [4], [8]]])
    assert y[..., 0].tolist() == [[0, 1, 3, 5, 7, 8]] * 2


def test_halving_leaves_out_what_is_outside():
    y = stock_of(layers.AverageDownsampling2D(), [[[0], [2], [4]]])
    assert y[..., 0].tolist() == [[1, 3]]


def test_instances_are_normalized_then_scaled():
    layer = layers.InstanceNormalization(epsilon=0.0, affine=True)
    y = stock_of(layer, [[[1], [3]]], weights=[[10], [0.5]])
    assert y.ravel() == pytest.approx([-9.5, 10.5])


def test_a_kernel_is_divided_by_its_singular_value():
    layer = layers.SpectralConv2D(1, 1, kernel_initializer="ones")
    y = stock_of(layer, [[[5]]], weights=[[[[[-3]]]], [2], [1]])
    assert y.ravel() == pytest.approx([-3])  # 5 * -3 / 3 + 2


def test_moving_statistics_normalize_a_batch():
    layer = BatchNormalization(epsilon=1.0)
    y = stock_of(layer, [[[7]]], weights=[[2], [1], [3], [15]])
    assert y.ravel() == pytest.approx([3])  # (7 - 3) / 4 * 2 + 1


@pytest.mark.parametrize(
    ("mode", "row"),
    [
        ("reflect", [2, 1, 0, 1, 2, 1, 0]),
        ("replicate", [0, 0, 0, 1, 2, 2, 2]),
        ("zero", [0, 0, 0, 1, 2, 0, 0]),
    ],
)
def test_borders_are_padded(mode, row):
    x = np.tile(np.arange(3.0)[:, None], (3, 1, 1))
    y = stock_of(layers.Padding2D(2, mode), x)
    assert y[2, :, 0].tolist() == row


def test_nothing_is_dropped():
    assert stock_of(keras.layers.Dropout(0.5), [[[3]]]).ravel() == [3]


def test_a_layer_from_elsewhere_is_refused():
    class Odd(keras.layers.Layer):
        pass

    with pytest.raises(ValueError, match="layers of Keras and of .*'mine'"):
        stock_call(Odd(name="mine"), keras.Input((2, 2, 1)), "mine")
