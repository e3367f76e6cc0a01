import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers import PixelShuffle2D
from tests.gradients import gradients
from tests.layer_checks import check_layer


def shuffled(x):
    return ops.convert_to_numpy(PixelShuffle2D()(x))


def test_basics(tmp_path, rng):
    x = rng.random((2, 3, 4, 8), "float32")
    check_layer(PixelShuffle2D, {}, x, (2, 6, 8, 2), tmp_path)


def test_four_channels_become_four_pixels():
    x = np.array([[1, 2, 3, 4], [5, 6, 7, 8]], "float32").reshape(1, 1, 2, 4)
    assert shuffled(x)[0, :, :, 0].tolist() == [[1, 2, 5, 6], [3, 4, 7, 8]]


def test_neighbouring_channels_become_one_channel():
    x = np.arange(8, dtype="float32").reshape(1, 1, 1, 8)
    y = shuffled(x)
    assert y[0, :, :, 0].tolist() == [[0, 1], [2, 3]]
    assert y[0, :, :, 1].tolist() == [[4, 5], [6, 7]]


def test_equals_torch(rng):
    torch = pytest.importorskip("torch")
    x = rng.random((2, 3, 5, 12), "float32")
    expected = torch.nn.PixelShuffle(2)(torch.tensor(x.transpose(0, 3, 1, 2)))
    assert np.array_equal(shuffled(x), expected.numpy().transpose(0, 2, 3, 1))


def test_gradient_finds_its_channel():
    weights = np.array([[1, 2], [3, 4]], "float32").reshape(1, 2, 2, 1)

    def weighted(x):
        return ops.sum(ops.multiply(PixelShuffle2D()(x), weights))

    (found,) = gradients(weighted, np.ones((1, 1, 1, 4), "float32"))
    assert found.ravel().tolist() == [1, 2, 3, 4]


def test_unknown_sizes_stay_unknown():
    shape = PixelShuffle2D().compute_output_shape((None, None, 3, 4))
    assert shape == (None, None, 6, 1)


MESSAGE = (
    r"The number of channels must be a multiple of 4. "
    r"Received: shape=\((None|1), (None|2), (None|2), 6\)"
)


def test_other_channels_are_refused():
    with pytest.raises(ValueError, match=MESSAGE):
        PixelShuffle2D()(np.zeros((1, 2, 2, 6), "float32"))


def test_other_symbolic_channels_are_refused():
    with pytest.raises(ValueError, match=MESSAGE):
        PixelShuffle2D()(keras.Input((None, None, 6)))
