"""The edge map between instances."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class InstanceEdges(keras.layers.Layer):
    """Marks the pixels whose instance id differs from a neighbour's.

    A pixel is 1 if its id differs from that of its left, right, upper or
    lower neighbour, so both sides of a border are marked; else 0.

    Input shape:
        `(batch, height, width)`, integer ids of any value.

    Output shape:
        `(batch, height, width, 1)`, 0.0 or 1.0.

    Reference:
        `get_edges` of NVIDIA/pix2pixHD.

    Example:

    >>> ids = keras.ops.convert_to_tensor([[[7, 7, 9]]], dtype="int32")
    >>> [int(v) for v in InstanceEdges()(ids)[0, 0, :, 0]]
    [0, 1, 1]
    """

    def call(self, ids):
        rows = ops.not_equal(ids[:, 1:, :], ids[:, :-1, :])
        columns = ops.not_equal(ids[:, :, 1:], ids[:, :, :-1])
        above = ops.pad(rows, ((0, 0), (1, 0), (0, 0)))
        below = ops.pad(rows, ((0, 0), (0, 1), (0, 0)))
        left = ops.pad(columns, ((0, 0), (0, 0), (1, 0)))
        right = ops.pad(columns, ((0, 0), (0, 0), (0, 1)))
        edges = (above | below) | (left | right)
        return ops.cast(ops.expand_dims(edges, -1), self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return (*input_shape, 1)

    def compute_output_spec(self, ids):
        shape = self.compute_output_shape(ids.shape)
        return keras.KerasTensor(shape, dtype=self.compute_dtype)
