"""Padding to a size that a network can halve."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class PadToMultiple2D(keras.layers.Layer):
    """Repeats the last row and column until both sizes fit a network.

    The padded height and width are the smallest multiples of `multiple`
    that are at least `minimum`. Inputs that fit already pass unchanged, so
    numbers equal the reference wherever the reference has any.
    `CropToMatch2D` takes the padding off again.

    Args:
        multiple: int. What both sizes become a multiple of.
        minimum: int, default 1. What both sizes are at least.

    Input shape:
        `(batch, height, width, channels)`, from 1x1 up.

    Output shape:
        `(batch, padded height, padded width, channels)`.

    Raises:
        ValueError: if `multiple` or `minimum` is below 1.

    Example:

    >>> x = keras.ops.zeros((1, 5, 8, 3))
    >>> tuple(PadToMultiple2D(4)(x).shape)
    (1, 8, 8, 3)
    """

    def __init__(self, multiple, minimum=1, **kwargs):
        super().__init__(**kwargs)
        if multiple < 1 or minimum < 1:
            raise ValueError(
                "multiple and minimum must be at least 1. Received: "
                f"multiple={multiple}, minimum={minimum}"
            )
        self.multiple = multiple
        self.minimum = minimum

    def _padded(self, size):
        # of positive numbers: ONNX divides negative ones towards zero
        smallest, fitting = (
            (n + self.multiple - 1) // self.multiple * self.multiple
            for n in (self.minimum, size)
        )
        if isinstance(size, int):
            return max(fitting, smallest)
        return ops.maximum(fitting, smallest)

    def _pad_axis(self, x, axis):
        size = ops.shape(x)[axis]
        padded = self._padded(size)
        if isinstance(size, int) and padded == size:
            return x
        rows = ops.minimum(ops.arange(padded, dtype="int32"), size - 1)
        return ops.take(x, rows, axis=axis)

    def call(self, x):
        return self._pad_axis(self._pad_axis(x, 1), 2)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        padded = [n and self._padded(n) for n in (height, width)]
        return (batch, *padded, channels)

    def get_config(self):
        return {
            **super().get_config(),
            "multiple": self.multiple,
            "minimum": self.minimum,
        }
