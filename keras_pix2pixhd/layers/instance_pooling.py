"""The mean of every instance, written back to its pixels."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class InstancePooling(keras.layers.Layer):
    """Replaces every pixel by the mean over its instance.

    Pixels of one image with the same id are one instance, wherever they lie;
    images of a batch are apart. Ids may be any integers. There is no loop
    over instances: ids are sorted into dense ranks, and each rank is summed
    at once. The gradient is the mean of the gradient over the instance.
    Computed in float32 under every dtype policy.

    Call arguments:
        inputs: a pair: features `(batch, height, width, channels)` and ids
            `(batch, height, width)`, integers of any value.

    Returns:
        `(batch, height, width, channels)`, float32.

    Raises:
        ValueError: if the ids are no such map, or of another size.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585), section 3.4;
        the pooling of `Encoder` in NVIDIA/pix2pixHD.

    Example:

    >>> x = np.array([1.0, 3.0, 8.0], "float32").reshape(1, 1, 3, 1)
    >>> ids = np.array([[[26001, 26001, -7]]], "int32")
    >>> [float(v) for v in InstancePooling()([x, ids])[0, 0, :, 0]]
    [2.0, 2.0, 8.0]
    """

    def call(self, inputs):
        x, ids = inputs
        self._check(x.shape, ids.shape)
        batch, height, width, channels = ops.shape(x)
        pixels = height * width
        ranks = self._ranks(ops.reshape(ids, (batch, pixels)), batch, pixels)
        values = ops.reshape(ops.cast(x, "float32"), (-1, channels))
        ones = ops.ones_like(values[:, :1])
        sums = ops.segment_sum(
            ops.concatenate([values, ones], axis=-1),
            ranks,
            num_segments=batch * pixels,
        )
        means = sums[:, :-1] / ops.maximum(sums[:, -1:], 1.0)
        return ops.reshape(
            ops.take(means, ranks, axis=0), (batch, height, width, channels)
        )

    @staticmethod
    def _ranks(ids, batch, pixels):
        """Numbers the instances of the whole batch, `(batch * pixels,)`.

        The numbers of an image begin at its first pixel's place, so there is
        room for as many instances as pixels.
        """
        order = ops.argsort(ids, axis=1)
        ordered = ops.take_along_axis(ids, order, axis=1)
        new = ops.not_equal(ordered[:, 1:], ordered[:, :-1])
        ranks = ops.cumsum(ops.cast(new, "int32"), axis=1)
        ranks = ops.pad(ranks, ((0, 0), (1, 0)))
        starts = ops.arange(batch, dtype="int32")[:, None] * pixels
        places = ops.reshape(ops.cast(order, "int32") + starts, (-1, 1))
        return ops.scatter(
            places, ops.reshape(ranks + starts, (-1,)), (batch * pixels,)
        )

    @staticmethod
    def _check(x, ids):
        known = zip(x[:3], ids, strict=False)
        fits = all(a == b for a, b in known if None not in (a, b))
        if len(ids) != 3 or not fits:
            raise ValueError(
                "The instance map must be (batch, height, width) integers of "
                "the size of the image. Received: instance.shape="
                f"{tuple(ids)} for features of shape {tuple(x)}"
            )

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def compute_output_spec(self, inputs):
        x, ids = inputs
        self._check(x.shape, ids.shape)
        return keras.KerasTensor(x.shape, dtype="float32")
