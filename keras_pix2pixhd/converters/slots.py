"""The keys of a state dict, and the weight that each one holds."""

import typing

import keras
import numpy as np

from keras_pix2pixhd.converters.nvidia_keys import rows

IDLE_BIAS = "biases in front of an instance normalization, which do nothing"
COUNTER = "counters of a batch normalization, which nothing reads"
OLD_STATISTICS = (
    "running statistics of an instance normalization, written by torch "
    "before 0.4, which do nothing"
)


class Slot(typing.NamedTuple):
    """One key of a state dict.

    `variable` is the weight that it holds. Where there is none, the key may
    be absent, is not read, and `idle` says why. `written`: whether the
    reference has such a key today.
    """

    key: str
    shape: tuple
    variable: typing.Any = None
    idle: str | None = None
    written: bool = True

    def assign(self, array):
        """Fills the weight from an array in torch's layout."""
        if array.ndim == 4:
            # (O, I, h, w), transposed (I, O, h, w): the same move for both
            array = array.transpose(2, 3, 1, 0)
        self.variable.assign(array)

    def array(self):
        """The weight, or zeros in its place, in torch's layout."""
        if self.idle is not None:
            return np.zeros(self.shape, "float32" if self.shape else "int64")
        array = keras.ops.convert_to_numpy(self.variable).astype("float32")
        if array.ndim == 4:
            array = array.transpose(3, 2, 0, 1)
        return np.array(array, order="C")


def slots(network, **style):
    """Returns every `Slot` of a network; `style` as in `nvidia_keys.rows`."""
    found = []
    for row in rows(network, **style):
        conv = _layer(network, row.conv)
        found += _convolution(row.conv_key, conv)
        if row.norm is not None:
            norm = _layer(network, row.norm)
            found += _normalization(row.norm_key, norm, conv.filters)
    return found


def _layer(network, path):
    layer = network
    for name in path.split("/"):
        inside = getattr(layer, "branch", None) or layer.layers
        layer = next(part for part in inside if part.name == name)
    return layer


def _convolution(key, conv):
    height, width, *channels = conv.kernel.shape
    shape = (*channels[::-1], height, width)
    bias = conv.bias if conv.use_bias else None
    idle = None if conv.use_bias else IDLE_BIAS
    return [
        Slot(f"{key}.weight", shape, conv.kernel),
        Slot(f"{key}.bias", (conv.filters,), bias, idle),
    ]


def _normalization(key, norm, channels):
    one = (channels,)
    if not isinstance(norm, keras.layers.BatchNormalization):
        return [
            Slot(f"{key}.{name}", shape, None, OLD_STATISTICS, written=False)
            for name, shape in (
                ("running_mean", one),
                ("running_var", one),
                ("num_batches_tracked", ()),
            )
        ]
    return [
        Slot(f"{key}.weight", one, norm.gamma),
        Slot(f"{key}.bias", one, norm.beta),
        Slot(f"{key}.running_mean", one, norm.moving_mean),
        Slot(f"{key}.running_var", one, norm.moving_variance),
        Slot(f"{key}.num_batches_tracked", (), None, COUNTER),
    ]
