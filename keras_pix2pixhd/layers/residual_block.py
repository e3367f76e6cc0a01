"""The residual block of the generators."""

import random

import keras

from keras_pix2pixhd.layers.normalization import needs_bias, normalization_layer
from keras_pix2pixhd.layers.padding import Padding2D
from keras_pix2pixhd.layers.winograd_conv2d import WinogradConv2D


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class ResidualBlock(keras.layers.Layer):
    """Adds two padded 3x3 convolutions to its input.

    `x + norm(conv(pad(dropout(relu(norm(conv(pad(x))))))))`; nothing follows
    the sum.

    Args:
        filters: int. Channels of the input and of the output.
        normalization: `"instance"` (default), `"instance_affine"`,
            `"batch"`, `"group"` or `"none"`.
        dropout: float in [0, 1), default 0. Share of the features between
            the convolutions that training sets to zero (the reference's
            option has 0.5).
        padding: `"reflect"` (default), `"replicate"` or `"zero"`.
        rematerialize: bool, default False. Whether training keeps only the
            input for the backward pass and computes the rest again there:
            less memory, more time, the same gradients.

    Input shape:
        `(batch, height, width, filters)`, height and width at least 2.

    Output shape:
        The same.

    Raises:
        ValueError: if a name is unknown, `dropout` is not in [0, 1), or
            `rematerialize` comes with what may not be computed twice.

    Reference:
        [He et al., 2016](https://arxiv.org/abs/1512.03385); `ResnetBlock` of
        NVIDIA/pix2pixHD.
    """

    def __init__(
        self,
        filters,
        normalization="instance",
        dropout=0.0,
        padding="reflect",
        rematerialize=False,
        **kwargs,
    ):
        super().__init__(**kwargs)
        if not 0 <= dropout < 1:
            raise ValueError(
                "dropout must be at least 0 and below 1. Received: "
                f"dropout={dropout}"
            )
        _check_repeatable(rematerialize, normalization, dropout)
        self.filters = filters
        self.normalization = normalization
        self.dropout = dropout
        self.padding = padding
        self.rematerialize = rematerialize
        self.branch = [
            layer for i in (1, 2) for layer in self._half(i, last=i == 2)
        ]

    def _half(self, i, last):
        policy = self.dtype_policy
        layers = [
            Padding2D(1, self.padding, name=f"pad{i}", dtype=policy),
            WinogradConv2D(
                self.filters,
                3,
                use_bias=needs_bias(self.normalization),
                kernel_initializer=keras.initializers.RandomNormal(0.0, 0.02),
                name=f"conv{i}",
                dtype=policy,
            ),
            normalization_layer(
                self.normalization, self.filters, f"norm{i}", policy
            ),
        ]
        if not last:
            layers.append(keras.layers.ReLU(name=f"relu{i}", dtype=policy))
        if not last and self.dropout:
            layers.append(
                keras.layers.Dropout(
                    self.dropout,
                    # one of its own, as Keras would draw it: without any,
                    # torch draws where no checkpoint can keep it
                    seed=random.randint(1, 10**9),
                    name="drop",
                    dtype=policy,
                )
            )
        return layers

    def build(self, input_shape):
        shape = input_shape
        for layer in self.branch:
            layer.build(shape)
            shape = layer.compute_output_shape(shape)
        super().build(input_shape)

    def call(self, x, training=None):
        if self.rematerialize and training:
            return x + keras.remat(self._branch_of)(x)
        return x + self._branch_of(x, training)

    def _branch_of(self, x, training=None):
        trained = (keras.layers.BatchNormalization, keras.layers.Dropout)
        for layer in self.branch:
            if isinstance(layer, trained):
                x = layer(x, training=training)
            else:
                x = layer(x)
        return x

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "normalization": self.normalization,
            "dropout": self.dropout,
            "padding": self.padding,
            "rematerialize": self.rematerialize,
        }


def _check_repeatable(rematerialize, normalization, dropout):
    """Refuses what differs when it is computed a second time."""
    if rematerialize and (dropout or normalization == "batch"):
        raise ValueError(
            "rematerialize computes a block twice, which would drop other "
            "features and move batch statistics twice: dropout must be 0 and "
            f"normalization not 'batch'. Received: dropout={dropout}, "
            f"normalization={normalization!r}. Leave rematerialize out."
        )
