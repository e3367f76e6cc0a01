"""The half-size image between two discriminator scales."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class AverageDownsampling2D(keras.layers.Layer):
    """Halves height and width by the mean of 3x3 windows, two apart.

    Windows start one pixel outside the image; what lies outside is not
    counted. Equals `torch.nn.AvgPool2d(3, stride=2, padding=1,
    count_include_pad=False)`; Keras' `"same"` pooling is shifted by a row.

    Input shape:
        `(batch, height, width, channels)`, from 1x1 up.

    Output shape:
        `(batch, ceil(height / 2), ceil(width / 2), channels)`.
    """

    def call(self, x):
        total = self._pool(x)
        counted = self._pool(ops.ones_like(x[:1, :, :, :1]))
        return total / counted

    def _pool(self, x):
        padded = ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
        return ops.average_pool(padded, 3, strides=2, padding="valid")

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        halved = [n and (n + 1) // 2 for n in (height, width)]
        return (batch, *halved, channels)
