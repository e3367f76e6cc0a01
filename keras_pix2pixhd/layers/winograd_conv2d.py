"""A convolution that takes the faster of two ways."""

import keras

from keras_pix2pixhd.layers.on_processors import on_processors
from keras_pix2pixhd.layers.winograd import winograd_convolution

# with fewer, transforming costs more than the multiplications it saves
MIN_CHANNELS = 128
# channels times pixels below which transforming the kernel costs more, as
# measured on two cores: 512 channels lose at 16x16 and gain at 24x24
MIN_CHANNEL_PIXELS = 140_000
# on JAX a training step gains a seventh, and generation loses a third
BACKENDS = ("tensorflow", "torch")


def pays_off(channels, height, width):
    """Whether Winograd's way is the faster one, with equally many filters."""
    return channels * height * width >= MIN_CHANNEL_PIXELS


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class WinogradConv2D(keras.layers.Conv2D):
    """`keras.layers.Conv2D`, faster on processors.

    On TensorFlow and torch, a 3x3 convolution of stride 1 with many channels
    is computed in float32 by `winograd_convolution` where there is no GPU or
    TPU, whose libraries choose such ways by themselves. Every other one is
    Keras' own. The results differ by rounding only (a NaN spreads to the whole
    of its 4x4 tiles).

    Args, input and output shape: those of `keras.layers.Conv2D`.

    Attributes:
        plain: bool, default False. Whether it is Keras' own nevertheless, as
            for graphs that others run, with convolutions of their own.
    """

    plain = False

    def convolution_op(self, inputs, kernel):
        if not self._pays_off(inputs):
            return super().convolution_op(inputs, kernel)
        if self.padding == "same":
            sides = ((0, 0), (1, 1), (1, 1), (0, 0))
            inputs = keras.ops.pad(inputs, sides)
        # its numbers: a custom gradient on TensorFlow may not see a variable
        kernel = keras.ops.reshape(kernel, kernel.shape)
        return winograd_convolution(keras.ops.convert_to_tensor(inputs), kernel)

    def _pays_off(self, inputs):
        return (
            not self.plain
            and self.kernel_size == (3, 3)
            and self.strides == (1, 1)
            and self.dilation_rate == (1, 1)
            and self.groups == 1
            and self.data_format == "channels_last"
            and self.padding in ("valid", "same")
            and min(inputs.shape[-1], self.filters) >= MIN_CHANNELS
            and keras.backend.standardize_dtype(inputs.dtype) == "float32"
            and self._large_enough(inputs.shape[1:3])
            and keras.backend.backend() in BACKENDS
            and on_processors()
        )

    def _large_enough(self, size):
        """Whether it pays off at a size, or the size is not known."""
        known = [n for n in size if n is not None]
        if self.padding == "valid" and min(known, default=3) < 3:
            return False  # Keras refuses it
        return len(known) < 2 or pays_off(self.filters, *known)


# Keras names weights in files by the name of the class: files of models whose
# blocks held the stock layer, and of those of this one, load into each other
WinogradConv2D.__name__ = "Conv2D"
