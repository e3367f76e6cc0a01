"""Padding by reflection."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class ReflectionPadding2D(keras.layers.Layer):
    """Pads height and width with a mirror image that omits the border.

    The row `[a, b, c]` padded by 2 becomes `[c, b, a, b, c, b, a]`, as in
    `torch.nn.ReflectionPad2d`.

    Args:
        padding: int, default 1. Pixels added on each of the four sides.

    Input shape:
        `(batch, height, width, channels)`; height and width must be larger
        than `padding`.

    Output shape:
        `(batch, height + 2 * padding, width + 2 * padding, channels)`.

    Raises:
        ValueError: if `padding` is negative.

    Example:

    >>> x = keras.ops.reshape(keras.ops.arange(3.0), (1, 1, 3, 1))
    >>> x = keras.ops.repeat(x, 3, axis=1)
    >>> y = ReflectionPadding2D(2)(x)
    >>> [int(v) for v in y[0, 0, :, 0]]
    [2, 1, 0, 1, 2, 1, 0]
    """

    def __init__(self, padding=1, **kwargs):
        super().__init__(**kwargs)
        if padding < 0:
            raise ValueError(
                f"padding must be at least 0. Received: padding={padding}"
            )
        self.padding = padding

    def call(self, x):
        if self.padding == 0:
            return x
        sides = (self.padding, self.padding)
        return ops.pad(x, ((0, 0), sides, sides, (0, 0)), mode="reflect")

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        grown = [n and n + 2 * self.padding for n in (height, width)]
        return (batch, *grown, channels)

    def get_config(self):
        return {**super().get_config(), "padding": self.padding}
