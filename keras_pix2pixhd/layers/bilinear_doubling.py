"""Twice the size, by linear interpolation."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class BilinearDoubling2D(keras.layers.Layer):
    """Doubles height and width, bilinear.

    The same numbers as `keras.layers.UpSampling2D(2,
    interpolation="bilinear")`, which on TensorFlow refuses a size that is
    known only when a graph runs, such as the second size of images that a
    compiled network is given.

    Input shape:
        `(batch, height, width, channels)`, from 1x1 up.

    Output shape:
        `(batch, 2 * height, 2 * width, channels)`.

    Example: a quarter of the way to the neighbour, on both sides.

    >>> x = np.array([0.0, 4.0], "float32").reshape(1, 1, 2, 1)
    >>> ops.convert_to_numpy(BilinearDoubling2D()(x))[0, 0, :, 0].tolist()
    [0.0, 1.0, 3.0, 4.0]
    """

    def call(self, x):
        return self._doubled(self._doubled(x, 1), 2)

    def _doubled(self, x, axis):
        size = ops.shape(x)[axis]
        places = ops.arange(size, dtype="int32")
        before = ops.take(x, ops.maximum(places - 1, 0), axis=axis)
        after = ops.take(x, ops.minimum(places + 1, size - 1), axis=axis)
        near = 0.75 * x
        pairs = [near + 0.25 * before, near + 0.25 * after]
        shape = list(ops.shape(x))
        shape[axis] *= 2
        return ops.reshape(ops.stack(pairs, axis=axis + 1), shape)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        doubled = [n and 2 * n for n in (height, width)]
        return (batch, *doubled, channels)
