import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.layers.batch_normalization import BatchNormalization


def statistics(layer):
    moving = (layer.moving_mean, layer.moving_variance)
    return [ops.convert_to_numpy(v).tolist() for v in moving]


def batch(*numbers):
    """An image of one pixel for each number, with another of 2 and 4."""
    other = np.resize([2.0, 4.0], len(numbers))
    return np.stack([numbers, other], -1)[:, None, None].astype("float32")


def test_statistics_are_those_of_keras():
    layer = BatchNormalization(momentum=0.5)
    stock = keras.layers.BatchNormalization(momentum=0.5)
    for _ in range(2):
        outputs = [x(batch(1.0, 3.0), training=True) for x in (layer, stock)]
    assert statistics(layer) == statistics(stock) != [[0, 0], [1, 1]]
    found, expected = map(ops.convert_to_numpy, outputs)
    assert np.array_equal(found, expected)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_leaves_no_trace(bad):
    layer = BatchNormalization(momentum=0.5)
    layer(batch(bad, 3.0), training=True)
    mean, variance = statistics(layer)
    assert mean == [0.0, 1.5]  # half of the mean 3 of the other channel
    assert variance == [1.0, 1.0]  # half of 1, and half of its variance 1


def test_it_comes_back_from_its_configuration():
    layer = BatchNormalization(momentum=0.5, epsilon=0.25)
    config = keras.saving.serialize_keras_object(layer)
    again = keras.saving.deserialize_keras_object(config)
    assert isinstance(again, BatchNormalization)
    assert (again.momentum, again.epsilon) == (0.5, 0.25)
