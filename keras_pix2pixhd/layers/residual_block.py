"""The residual block of the generators."""

import keras

from keras_pix2pixhd.layers.normalization import normalization_layer
from keras_pix2pixhd.layers.reflection_padding import ReflectionPadding2D


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class ResidualBlock(keras.layers.Layer):
    """Adds two reflection-padded 3x3 convolutions to its input.

    `x + norm(conv(pad(relu(norm(conv(pad(x)))))))`; nothing follows the sum.

    Args:
        filters: int. Channels of the input and of the output.
        normalization: `"instance"` (default), `"batch"` or `"none"`.

    Input shape:
        `(batch, height, width, filters)`, height and width at least 2.

    Output shape:
        The same.

    Reference:
        [He et al., 2016](https://arxiv.org/abs/1512.03385); `ResnetBlock` of
        NVIDIA/pix2pixHD.
    """

    def __init__(self, filters, normalization="instance", **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.normalization = normalization
        self.branch = [
            layer for i in (1, 2) for layer in self._half(i, last=i == 2)
        ]

    def _half(self, i, last):
        policy = self.dtype_policy
        layers = [
            ReflectionPadding2D(1, name=f"pad{i}", dtype=policy),
            keras.layers.Conv2D(
                self.filters,
                3,
                use_bias=self.normalization != "instance",
                kernel_initializer=keras.initializers.RandomNormal(0.0, 0.02),
                name=f"conv{i}",
                dtype=policy,
            ),
            normalization_layer(self.normalization, f"norm{i}", policy),
        ]
        if not last:
            layers.append(keras.layers.ReLU(name=f"relu{i}", dtype=policy))
        return layers

    def build(self, input_shape):
        shape = input_shape
        for layer in self.branch:
            layer.build(shape)
            shape = layer.compute_output_shape(shape)
        super().build(input_shape)

    def call(self, x, training=None):
        y = x
        for layer in self.branch:
            if isinstance(layer, keras.layers.BatchNormalization):
                y = layer(y, training=training)
            else:
                y = layer(y)
        return x + y

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "normalization": self.normalization,
        }
