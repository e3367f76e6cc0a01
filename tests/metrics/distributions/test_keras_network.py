import keras
import numpy as np
import pytest
from keras import layers

from keras_pix2pixhd.metrics.distributions.keras_network import KerasNetwork


def make(outputs, size=(4, 4)):
    inputs = keras.Input((*size, 3))
    return keras.Model(inputs, outputs(inputs))


def test_pixels_go_in_from_minus_1_to_1():
    network = KerasNetwork(make(layers.Flatten(), (1, 1)))
    images = np.array([0, 51, 255], "uint8").reshape(1, 1, 1, 3)
    found = network(images)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, [[-1, -0.6, 1]], atol=1e-6)


def test_feature_maps_are_averaged(rng):
    network = KerasNetwork(make(layers.Identity()))
    images = rng.integers(0, 256, (2, 4, 4, 3), dtype="uint8")
    expected = images.mean((1, 2)) / 127.5 - 1
    assert network.dimensions == 3
    np.testing.assert_allclose(network(images), expected, atol=1e-6)


def test_batch_size_does_not_matter(rng):
    model = make(lambda x: layers.Conv2D(5, 3, activation="relu")(x))
    network = KerasNetwork(model)
    images = rng.integers(0, 256, (5, 4, 4, 3), dtype="uint8")
    whole = network(images)
    parts = [network(images[i : i + 2]) for i in range(0, 5, 2)]
    np.testing.assert_allclose(np.concatenate(parts), whole, atol=1e-6)


def test_batch_normalization_stands_still(rng):
    model = make(lambda x: layers.BatchNormalization()(x))
    before = [w.copy() for w in model.get_weights()]
    network = KerasNetwork(model)
    images = rng.integers(0, 100, (4, 4, 4, 3), dtype="uint8")
    expected = (images.mean((1, 2)) / 127.5 - 1) / np.sqrt(1.001)
    np.testing.assert_allclose(network(images), expected, atol=1e-5)
    for x, y in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(x, y)


def test_size_is_that_of_the_model():
    assert KerasNetwork(make(layers.Flatten(), (4, 6))).image_size == (4, 6)
    any_size = make(layers.GlobalMaxPooling2D(), (None, 6))
    assert KerasNetwork(any_size).image_size == (None, 6)
    assert KerasNetwork(any_size, (5, 6)).image_size == (5, 6)


def test_models_of_other_inputs_are_refused():
    two = [keras.Input((4, 4, 3)), keras.Input((4, 4, 3))]
    grey = keras.Input((4, 4, 1))
    for inputs in (two, grey):
        outputs = layers.Flatten()(inputs[0] if inputs is two else inputs)
        model = keras.Model(inputs, outputs)
        with pytest.raises(ValueError, match="one input, .batch, .*Received"):
            KerasNetwork(model)


def test_models_of_two_outputs_are_refused():
    model = make(lambda x: [x, layers.Flatten()(x)])
    with pytest.raises(ValueError, match="must have one output, .batch, dim"):
        KerasNetwork(model)


def test_model_without_weights_is_refused():
    model = keras.Sequential([layers.Conv2D(2, 3)])
    with pytest.raises(ValueError, match="is not built. Call it once"):
        KerasNetwork(model, (4, 4))
