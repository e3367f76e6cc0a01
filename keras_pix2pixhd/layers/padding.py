"""Padding of what a convolution reads beyond the border."""

import keras
from keras import ops

PADDINGS = ("reflect", "replicate", "zero")


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class Padding2D(keras.layers.Layer):
    """Pads height and width by the same number of pixels on each side.

    | mode | the row `[a, b, c]` padded by 2 |
    |---|---|
    | `"reflect"` | `[c, b, a, b, c, b, a]`, as `torch.nn.ReflectionPad2d` |
    | `"replicate"` | `[a, a, a, b, c, c, c]`, as `torch.nn.ReplicationPad2d` |
    | `"zero"` | `[0, 0, a, b, c, 0, 0]` |

    Args:
        padding: int, default 1. Pixels added on each of the four sides.
        mode: `"reflect"` (default), `"replicate"` or `"zero"`.

    Input shape:
        `(batch, height, width, channels)`; to reflect, height and width must
        be larger than `padding`.

    Output shape:
        `(batch, height + 2 * padding, width + 2 * padding, channels)`.

    Raises:
        ValueError: if `padding` is negative or `mode` is unknown.

    Example:

    >>> x = keras.ops.reshape(keras.ops.arange(3.0), (1, 1, 3, 1))
    >>> x = keras.ops.repeat(x, 3, axis=1)
    >>> [int(v) for v in Padding2D(2)(x)[0, 0, :, 0]]
    [2, 1, 0, 1, 2, 1, 0]
    >>> [int(v) for v in Padding2D(2, "replicate")(x)[0, 0, :, 0]]
    [0, 0, 0, 1, 2, 2, 2]
    """

    def __init__(self, padding=1, mode="reflect", **kwargs):
        super().__init__(**kwargs)
        if padding < 0:
            raise ValueError(
                f"padding must be at least 0. Received: padding={padding}"
            )
        if mode not in PADDINGS:
            raise ValueError(
                f"padding must be one of {', '.join(PADDINGS)}. "
                f"Received: padding={mode!r}"
            )
        self.padding = padding
        self.mode = mode

    def call(self, x):
        if self.padding == 0:
            return x
        if self.mode == "replicate":  # ops.pad has no such mode
            return self._replicate(self._replicate(x, 1), 2)
        sides = (self.padding, self.padding)
        mode = "reflect" if self.mode == "reflect" else "constant"
        return ops.pad(x, ((0, 0), sides, sides, (0, 0)), mode=mode)

    def _replicate(self, x, axis):
        first = x[:, :1] if axis == 1 else x[:, :, :1]
        last = x[:, -1:] if axis == 1 else x[:, :, -1:]
        before, after = [first] * self.padding, [last] * self.padding
        return ops.concatenate([*before, x, *after], axis=axis)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        grown = [n and n + 2 * self.padding for n in (height, width)]
        return (batch, *grown, channels)

    def get_config(self):
        return {
            **super().get_config(),
            "padding": self.padding,
            "mode": self.mode,
        }
