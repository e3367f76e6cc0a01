"""Channels that become pixels."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class PixelShuffle2D(keras.layers.Layer):
    """Makes four pixels, two by two, of each four channels.

    Equals `torch.nn.PixelShuffle(2)`: channels `4c` to `4c + 3` become the
    upper left, upper right, lower left and lower right pixel of channel `c`.

    Input shape:
        `(batch, height, width, 4 * channels)`.

    Output shape:
        `(batch, 2 * height, 2 * width, channels)`.

    Raises:
        ValueError: if the channels are no multiple of four.

    Reference:
        [Shi et al., 2016](https://arxiv.org/abs/1609.05158).

    Example:

    >>> x = np.arange(4.0, dtype="float32").reshape(1, 1, 1, 4)
    >>> keras.ops.convert_to_numpy(PixelShuffle2D()(x))[0, :, :, 0].tolist()
    [[0.0, 1.0], [2.0, 3.0]]
    """

    def build(self, input_shape):
        self.compute_output_shape(input_shape)  # refuses other channels
        super().build(input_shape)

    def call(self, x):
        batch, height, width, channels = ops.shape(x)
        x = ops.reshape(x, (batch, height, width, channels // 4, 2, 2))
        x = ops.transpose(x, (0, 1, 4, 2, 5, 3))
        return ops.reshape(x, (batch, 2 * height, 2 * width, channels // 4))

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        if channels % 4:
            raise ValueError(
                "The number of channels must be a multiple of 4. Received: "
                f"shape={tuple(input_shape)}"
            )
        grown = [n and 2 * n for n in (height, width)]
        return (batch, *grown, channels // 4)
