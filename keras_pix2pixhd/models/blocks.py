"""The convolution blocks that the networks are wired from."""

import keras

from keras_pix2pixhd.layers import ReflectionPadding2D, normalization_layer


def check_at_least(**numbers):
    """Raises a ValueError for a `name=(value, minimum)` below its minimum."""
    for name, (value, minimum) in numbers.items():
        if value < minimum:
            raise ValueError(
                f"{name} must be at least {minimum}. Received: {name}={value}"
            )


class Blocks:
    """Wires convolution, normalization and activation of one network.

    Weights start as N(0, 0.02), the reference's choice. A bias in front of
    an instance normalization would do nothing and is left out.

    Args:
        normalization: `"instance"`, `"batch"` or `"none"`.
        dtype: dtype policy of every layer.
    """

    def __init__(self, normalization, dtype):
        self.normalization = normalization
        self.dtype = dtype

    def convolution(self, x, filters, size, name, strides=1, bias=True):
        """A convolution without padding."""
        return self._convolution_layer(
            keras.layers.Conv2D, filters, size, name, strides, bias
        )(x)

    def _convolution_layer(self, kind, filters, size, name, strides, bias):
        return kind(
            filters,
            size,
            strides=strides,
            use_bias=bias,
            kernel_initializer=keras.initializers.RandomNormal(0.0, 0.02),
            name=f"{name}_conv",
            dtype=self.dtype,
        )

    def normalized(self, x, filters, size, name, strides=1):
        """A convolution without padding, then the normalization."""
        bias = self.normalization != "instance"
        x = self.convolution(x, filters, size, name, strides, bias)
        return self.normalize(x, name)

    def normalize(self, x, name):
        layer = normalization_layer(
            self.normalization, f"{name}_norm", self.dtype
        )
        return layer(x)

    def relu(self, x, name):
        return keras.layers.ReLU(name=f"{name}_relu", dtype=self.dtype)(x)

    def leaky_relu(self, x, name):
        return keras.layers.LeakyReLU(
            0.2, name=f"{name}_leaky_relu", dtype=self.dtype
        )(x)

    def zero_pad(self, x, sides, name):
        return keras.layers.ZeroPadding2D(
            sides, name=f"{name}_pad", dtype=self.dtype
        )(x)

    def reflect_pad(self, x, pixels, name):
        return ReflectionPadding2D(
            pixels, name=f"{name}_pad", dtype=self.dtype
        )(x)

    def downsample(self, x, filters, name):
        """Halves an even height and width: 3x3, stride 2, norm, ReLU.

        torch pads one zero on each side; the lower and right ones are never
        read when the sizes are even, so they are left out.
        """
        x = self.zero_pad(x, ((1, 0), (1, 0)), name)
        x = self.normalized(x, filters, 3, name, strides=2)
        return self.relu(x, name)

    def upsample(self, x, filters, name):
        """Doubles height and width: transposed 3x3, norm, ReLU."""
        layer = self._convolution_layer(
            keras.layers.Conv2DTranspose,
            filters,
            3,
            name,
            strides=2,
            bias=self.normalization != "instance",
        )
        # torch's padding 1, output padding 1: the first row and column go
        x = keras.layers.Cropping2D(
            ((1, 0), (1, 0)), name=f"{name}_crop", dtype=self.dtype
        )(layer(x))
        return self.relu(self.normalize(x, name), name)
