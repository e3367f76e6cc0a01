"""The mean of every instance, written back to its pixels."""

import keras
from keras import ops

BLOCK = 1024  # pixels that are added one after the other


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class InstancePooling(keras.layers.Layer):
    """Replaces every pixel by the mean over its instance.

    Pixels of one image with the same id are one instance, wherever they lie;
    images of a batch are apart. Ids may be any integers. There is no loop
    over instances: pixels are sorted by id, and all instances are added up at
    once. The gradient is the mean of the gradient over the instance.
    Computed in float32 under every dtype policy, first over blocks of 1,024
    pixels: one float32 that adds up the two million equal pixels of a
    2048x1024 sky would be wrong by up to 2 %.

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

    def __init__(self, **kwargs):
        # the features would be rounded to the dtype policy on their way in
        super().__init__(autocast=False, **kwargs)

    def call(self, inputs):
        x, ids = inputs
        self._check(x, ids)
        batch, height, width, channels = ops.shape(x)
        ids = ops.reshape(ids, (batch, height * width))
        ranks, slots, leaders = self._places(ids, batch, height * width)
        sizes = _sums(ops.ones_like(ranks[:, None], "float32"), slots, leaders)
        sizes = ops.maximum(sizes, 1.0)  # ranks that no instance has

        def mean(values):
            sums = _sums(values, slots, leaders)
            return ops.take(sums / sizes, ranks, axis=0)

        @ops.custom_gradient
        def pool(values):
            def gradient(*args, upstream=None):
                return mean(args[0] if upstream is None else upstream)

            return mean(values), gradient

        y = pool(ops.reshape(ops.cast(x, "float32"), (-1, channels)))
        return ops.reshape(y, (batch, height, width, channels))

    @staticmethod
    def _places(ids, batch, pixels):
        """Numbers the instances of the whole batch, and blocks of pixels.

        Returns:
            The instance of every pixel; the slot that adds it up: its
            instance or, past these, its block; the instance of every block.
        """
        wide = keras.backend.standardize_dtype(ids.dtype).endswith("64")
        ids = ops.cast(ids, "int64" if wide else "int32")
        order = ops.argsort(ids, axis=1)
        ordered = ops.take_along_axis(ids, order, axis=1)
        new = ops.cast(ops.not_equal(ordered[:, 1:], ordered[:, :-1]), "int32")
        new = ops.pad(new, ((0, 0), (1, 0)), constant_values=1)
        ranks = ops.cumsum(ops.reshape(new, (-1,))) - 1
        leaders = ranks[::BLOCK]
        blocks = ops.arange(batch * pixels, dtype="int32") // BLOCK
        slots = ops.where(
            ops.equal(ranks, ops.take(leaders, blocks)),
            batch * pixels + blocks,
            ranks,
        )
        starts = ops.arange(batch, dtype="int32")[:, None] * pixels
        places = ops.reshape(ops.cast(order, "int32") + starts, (-1, 1))
        both = ops.stack([ranks, slots], axis=1)
        both = ops.scatter_update(ops.zeros_like(both), places, both)
        return both[:, 0], both[:, 1], leaders

    @staticmethod
    def _check(x, ids):
        known = zip(x.shape[:3], ids.shape, strict=False)
        fits = all(a == b for a, b in known if None not in (a, b))
        dtype = keras.backend.standardize_dtype(ids.dtype)
        if len(ids.shape) != 3 or not fits or "float" in dtype:
            raise ValueError(
                "The instance map must be (batch, height, width) integers of "
                "the size of the image. Received: instance.shape="
                f"{tuple(ids.shape)}, dtype {dtype}, for features of shape "
                f"{tuple(x.shape)}"
            )

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def compute_output_spec(self, inputs):
        x, ids = inputs
        self._check(x, ids)
        return keras.KerasTensor(x.shape, dtype="float32")


def _sums(values, slots, leaders):
    """Adds up instances: blocks first, then the blocks of each instance."""
    count = ops.shape(slots)[0]
    slot_count = count + ops.shape(leaders)[0]
    parts = ops.segment_sum(values, slots, num_segments=slot_count)
    rest = ops.segment_sum(parts[count:], leaders, num_segments=count)
    return parts[:count] + rest
