"""Cropping to the size of another tensor."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class CropToMatch2D(keras.layers.Layer):
    """Keeps the top left part of `x` that has the size of `reference`.

    Input shape:
        A pair: `x` `(batch, height, width, channels)` and `reference`
        `(batch, smaller height, smaller width, any)`.

    Output shape:
        `(batch, smaller height, smaller width, channels)`.
    """

    def call(self, inputs):
        x, reference = inputs
        height, width = ops.shape(reference)[1:3]
        return x[:, :height, :width, :]

    def compute_output_shape(self, input_shape):
        x, reference = input_shape
        return (x[0], reference[1], reference[2], x[3])
