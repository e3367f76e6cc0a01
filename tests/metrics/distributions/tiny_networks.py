"""Feature networks whose features can be worked out by hand."""

import keras

from keras_pix2pixhd.metrics.distributions import FeatureNetwork


def mean_model(size=(8, 8)):
    """The mean colour, in [-1, 1]."""
    inputs = keras.Input((*size, 3))
    outputs = keras.layers.GlobalAveragePooling2D()(inputs)
    return keras.Model(inputs, outputs, name="mean")


def mean_network(size=(8, 8)):
    return FeatureNetwork(mean_model(size))
