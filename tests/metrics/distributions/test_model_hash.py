import keras
import numpy as np
import pytest
from keras import layers, ops

from keras_pix2pixhd.metrics.distributions.model_hash import sha256_of_model


def made(*parts, name=None):
    return keras.Sequential([keras.Input((8, 8, 3)), *parts], name=name)


def conv(**arguments):
    arguments = {"filters": 2, "kernel_size": 3} | arguments
    layer = layers.Conv2D(**arguments)
    layer.build((None, 8, 8, 3))
    layer.set_weights([np.ones((3, 3, 3, 2)), np.zeros(2)])
    return layer


def wired(order):
    """Two sums of three branches, which differ in what is doubled."""
    inputs = keras.Input((8, 8, 3))
    branches = [layers.ReLU()(inputs), layers.Softmax()(inputs)]
    first, second = (branches[place] for place in order)
    return keras.Model(inputs, layers.Subtract()([first, second]))


class Own(keras.Model):
    """A model without a configuration."""

    def __init__(self, layer):
        super().__init__()
        self.layer = layer

    def call(self, x):
        return self.layer(x)

    def get_config(self):
        raise NotImplementedError


def test_hash_sees_weights_and_layers_but_no_names():
    models = [made(layers.Conv2D(2, 3)) for _ in range(3)]
    models[1].set_weights(models[0].get_weights())
    models.append(made(conv(), layers.ReLU()))
    hashes = [sha256_of_model(model) for model in models]
    assert models[0].layers[0].name != models[1].layers[0].name
    assert hashes[0] == hashes[1]
    assert len({*hashes}) == 3


@pytest.mark.parametrize(
    "first, second",
    [
        (lambda: conv(strides=1), lambda: conv(strides=2)),
        (lambda: conv(padding="same"), lambda: conv(padding="valid")),
        (lambda: conv(activation="relu"), lambda: conv(activation="tanh")),
        (
            lambda: conv(name="relu", activation="relu"),
            lambda: conv(name="tanh", activation="tanh"),
        ),
        (lambda: conv(), lambda: conv(dtype="mixed_float16")),
        (lambda: layers.Rescaling(1.0), lambda: layers.Rescaling(7.0)),
        (
            lambda: made(layers.Rescaling(1.0)),
            lambda: made(layers.Rescaling(7.0)),
        ),
        (
            lambda: layers.TimeDistributed(layers.Rescaling(1.0)),
            lambda: layers.TimeDistributed(layers.Rescaling(7.0)),
        ),
    ],
)
def test_hash_sees_what_layers_do(first, second):
    first, second, again = (made(make()) for make in (first, second, first))
    assert sha256_of_model(first) != sha256_of_model(second)
    assert sha256_of_model(first) == sha256_of_model(again)


def test_hash_sees_how_layers_are_connected():
    hashes = [sha256_of_model(wired(o)) for o in ((0, 1), (1, 0), (0, 1))]
    assert hashes[0] == hashes[2] != hashes[1]


def test_hash_sees_operations_and_their_numbers():
    def model(function):
        inputs = keras.Input((8, 8, 3))
        return keras.Model(inputs, function(inputs))

    functions = [
        lambda x: x * 2.0,
        lambda x: x * 3.0,
        lambda x: x + 2.0,
        lambda x: ops.mean(x, axis=(1, 2)),
        lambda x: ops.mean(x, axis=(1,)),
        lambda x: x[:, 2:],
        lambda x: x[:, :6],
    ]
    hashes = [sha256_of_model(model(each)) for each in functions]
    assert len({*hashes}) == len(functions)
    assert hashes == [sha256_of_model(model(each)) for each in functions]


def test_training_does_not_matter():
    plain = made(conv(), layers.Dropout(0.5))
    other = made(
        conv(kernel_initializer="zeros", kernel_regularizer="l2"),
        layers.Dropout(0.5, seed=3),
    )
    other.compile("sgd", "mse")
    other.trainable = False
    # given again: the initializer has no say in them
    other.set_weights(plain.get_weights())
    assert sha256_of_model(plain) == sha256_of_model(other)


def test_a_file_has_the_hash_of_its_model(tmp_path):
    inputs = keras.Input((8, 8, 3), name="picture")
    nested = made(conv(dtype="mixed_float16"), layers.BatchNormalization())
    shared = layers.Dense(2)
    x = shared(nested(inputs) * 2.0) + shared(nested(-inputs))[..., :1]
    model = keras.Model(inputs, ops.mean(x, axis=(1, 2)))
    model.save(tmp_path / "model.keras")
    loaded = keras.saving.load_model(tmp_path / "model.keras")
    assert sha256_of_model(loaded) == sha256_of_model(model)


def test_models_without_a_configuration_are_told_by_their_layers():
    parts = [conv(), conv(strides=2), conv()]
    hashes = [sha256_of_model(Own(part)) for part in parts]
    assert hashes[0] == hashes[2] != hashes[1]
