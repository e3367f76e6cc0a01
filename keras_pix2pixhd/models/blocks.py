"""The convolution blocks that the networks are wired from."""

import keras

from keras_pix2pixhd.layers import (
    BilinearDoubling2D,
    CropToMatch2D,
    Padding2D,
    PixelShuffle2D,
    ResidualBlock,
    needs_bias,
    normalization_layer,
)

UPSAMPLINGS = ("transposed", "bilinear", "nearest", "pixel_shuffle")


def check_at_least(**numbers):
    """Refuses a `name=(value, minimum)` that is no such integer."""
    for name, (value, minimum) in numbers.items():
        if not hasattr(value, "__index__"):
            raise ValueError(
                f"{name} must be an integer. Received: {name}={value!r}"
            )
        if value < minimum:
            raise ValueError(
                f"{name} must be at least {minimum}. Received: {name}={value}"
            )


class Blocks:
    """Wires convolution, normalization and activation of one network.

    Weights start as N(0, 0.02), the reference's choice. A bias in front of
    an instance normalization would do nothing and is left out.

    Args:
        normalization: see `layers.normalization_layer`.
        dtype: dtype policy of every layer.
        dropout: float. Of the residual blocks.
        padding: `"reflect"`, `"replicate"` or `"zero"`, of the convolutions
            that keep the size; strided ones see zeros, as the reference's.
        upsampling: `"transposed"`, `"bilinear"`, `"nearest"` or
            `"pixel_shuffle"`.
        convolution_layer: class of the convolutions with stride 1 or 2.
        rematerialize: bool. Of the residual blocks.
    """

    def __init__(
        self,
        normalization,
        dtype,
        dropout=0.0,
        padding="reflect",
        upsampling="transposed",
        convolution_layer=keras.layers.Conv2D,
        rematerialize=False,
    ):
        if upsampling not in UPSAMPLINGS:
            raise ValueError(
                f"upsampling must be one of {', '.join(UPSAMPLINGS)}. "
                f"Received: upsampling={upsampling!r}"
            )
        self.normalization = normalization
        self.dtype = dtype
        self.dropout = dropout
        self.padding = padding
        self.upsampling = upsampling
        self.convolution_layer = convolution_layer
        self.rematerialize = rematerialize

    def convolution(
        self, x, filters, size, name, strides=1, bias=True, dtype=None
    ):
        """A convolution without padding."""
        kind = self.convolution_layer
        return self._layer(kind, filters, size, name, strides, bias, dtype)(x)

    def last_convolution(self, x, filters, size, name):
        """One whose outputs are a network's, in float32 under every policy."""
        return self.convolution(x, filters, size, name, dtype="float32")

    def _layer(
        self, kind, filters, size, name, strides=1, bias=True, dtype=None
    ):
        return kind(
            filters,
            size,
            strides=strides,
            use_bias=bias,
            kernel_initializer=keras.initializers.RandomNormal(0.0, 0.02),
            name=f"{name}_conv",
            dtype=dtype or self.dtype,
        )

    def normalized(self, x, filters, size, name, strides=1):
        """A convolution without padding, then the normalization."""
        bias = needs_bias(self.normalization)
        x = self.convolution(x, filters, size, name, strides, bias)
        return self.normalize(x, name)

    def normalize(self, x, name):
        layer = normalization_layer(
            self.normalization, x.shape[-1], f"{name}_norm", self.dtype
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

    def pad(self, x, pixels, name):
        return Padding2D(
            pixels, self.padding, name=f"{name}_pad", dtype=self.dtype
        )(x)

    def stem(self, x, filters, name):
        """The first layers: 7x7, norm, ReLU."""
        x = self.normalized(self.pad(x, 3, name), filters, 7, name)
        return self.relu(x, name)

    def head(self, x, channels, name="output"):
        """The last convolution: 7x7, without norm."""
        return self.last_convolution(self.pad(x, 3, name), channels, 7, name)

    def image(self, x, reference):
        """Crops to the size of `reference`; tanh, in float32."""
        x = CropToMatch2D(name="crop", dtype="float32")([x, reference])
        return keras.layers.Activation("tanh", name="tanh", dtype="float32")(x)

    def downsample(self, x, filters, name):
        """Halves an even height and width: 3x3, stride 2, norm, ReLU.

        torch pads one zero on each side; the lower and right ones are never
        read when the sizes are even, so they are left out.
        """
        x = self.zero_pad(x, ((1, 0), (1, 0)), name)
        x = self.normalized(x, filters, 3, name, strides=2)
        return self.relu(x, name)

    def residual(self, x, name):
        """A residual block."""
        return ResidualBlock(
            x.shape[-1],
            self.normalization,
            self.dropout,
            self.padding,
            self.rematerialize,
            name=name,
            dtype=self.dtype,
        )(x)

    def upsample(self, x, filters, name):
        """Doubles height and width, then norm and ReLU."""
        x = getattr(self, f"_{self.upsampling}")(x, filters, name)
        return self.relu(self.normalize(x, name), name)

    def _transposed(self, x, filters, name):
        kind, bias = (
            keras.layers.Conv2DTranspose,
            needs_bias(self.normalization),
        )
        x = self._layer(kind, filters, 3, name, strides=2, bias=bias)(x)
        # torch's padding 1, output padding 1: the first row and column go
        return keras.layers.Cropping2D(
            ((1, 0), (1, 0)), name=f"{name}_crop", dtype=self.dtype
        )(x)

    def _bilinear(self, x, filters, name):
        double = BilinearDoubling2D(name=f"{name}_resize", dtype=self.dtype)
        return self._resized(double(x), filters, name)

    def _nearest(self, x, filters, name):
        double = keras.layers.UpSampling2D(
            2, name=f"{name}_resize", dtype=self.dtype
        )
        return self._resized(double(x), filters, name)

    def _resized(self, x, filters, name):
        bias = needs_bias(self.normalization)
        return self.convolution(self.pad(x, 1, name), filters, 3, name, 1, bias)

    def _pixel_shuffle(self, x, filters, name):
        # with a bias: the four pixels of a channel have one each
        x = self.convolution(self.pad(x, 1, name), 4 * filters, 3, name)
        return PixelShuffle2D(name=f"{name}_shuffle", dtype=self.dtype)(x)

    def hourglass(self, x, filters, num_downsamplings, num_residual_blocks):
        """Stem, halvings, residual blocks, and as many doublings."""
        x = self.stem(x, filters, "input")
        for i in range(1, num_downsamplings + 1):
            x = self.downsample(x, filters * 2**i, f"down{i}")
        for i in range(1, num_residual_blocks + 1):
            x = self.residual(x, f"block{i}")
        for i in range(1, num_downsamplings + 1):
            width = filters * 2 ** (num_downsamplings - i)
            x = self.upsample(x, width, f"up{i}")
        return x

    def enhance(self, full, coarse, filters, num_residual_blocks, name):
        """An enhancer: halves its input, adds the coarser features, doubles."""
        x = self.stem(full, filters, f"{name}_input")
        x = self.downsample(x, 2 * filters, f"{name}_down")
        x = keras.layers.Add(name=f"{name}_add", dtype=self.dtype)([x, coarse])
        for i in range(1, num_residual_blocks + 1):
            x = self.residual(x, f"{name}_block{i}")
        return self.upsample(x, filters, f"{name}_up")

    def get_config(self):
        """The arguments that every generator takes, for its own config."""
        return {
            "normalization": self.normalization,
            "dropout": self.dropout,
            "padding": self.padding,
            "upsampling": self.upsampling,
            "dtype": keras.dtype_policies.serialize(self.dtype),
        }
