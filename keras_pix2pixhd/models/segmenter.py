"""A small network that reads classes off an image."""

import keras
import numpy as np
from keras import ops

from keras_pix2pixhd.layers import (
    BilinearDoubling2D,
    CropToMatch2D,
    InstanceNormalization,
    PadToMultiple2D,
    as_floats,
)
from keras_pix2pixhd.models.batch_checks import check_range
from keras_pix2pixhd.models.blocks import check_at_least
from keras_pix2pixhd.models.gan_checks import deserialized

_IMAGES_AT_ONCE = 8
_PIXELS_AT_ONCE = 2**20  # about 500 bytes each at the default filters


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class Segmenter(keras.Model):
    """Gives every pixel of an image a score for each class.

    A U-Net: convolutions that halve the image and double the channels, then
    the way back, where each size is joined by the features of the same size.
    One convolution at full size each way, so that two cores train it in
    minutes. The normalization is that of each image for itself: an image gets
    the same scores in every batch, there are no statistics of real
    photographs that generated ones might not fit, and brightness and contrast
    of the whole image matter little.

    It serves the segmentation score of generated images, and is trained on
    real pairs of the same data set and size: see
    `segmentation.train_segmenter`.

    Args:
        class_table: `ClassTable`. It is saved with the network.
        filters: int, default 16. Filters at full size.
        num_downsamplings: int, default 4.
        dtype: dtype policy of the layers, or `None` for the global one. The
            scores are float32 under every policy.

    Input shape:
        `(batch, height, width, 3)`, any size from 1x1 up: floats in [-1, 1],
        or uint8 pixels in [0, 255].

    Output shape:
        `(batch, height, width, classes)`, float32: scores before a softmax.

    Raises:
        ValueError: if a number is out of its range, or the table is none.

    Reference:
        [Ronneberger et al., 2015](https://arxiv.org/abs/1505.04597).

    Example:

    >>> from keras_pix2pixhd.data import CARVANA
    >>> segmenter = Segmenter(CARVANA, filters=4, num_downsamplings=2)
    >>> segmenter.predict_labels(np.zeros((1, 5, 9, 3), "uint8")).shape
    (1, 5, 9)
    """

    def __init__(
        self, class_table, filters=16, num_downsamplings=4, dtype=None, **kwargs
    ):
        if not hasattr(class_table, "names"):
            raise ValueError(
                "class_table must be a ClassTable. "
                f"Received: class_table={class_table!r}"
            )
        check_at_least(
            filters=(filters, 1), num_downsamplings=(num_downsamplings, 0)
        )
        dtype = keras.dtype_policies.get(dtype or keras.config.dtype_policy())
        layers = _Layers(dtype)
        inputs = keras.Input((None, None, 3), name="image")
        x = layers.padded(inputs, 2**num_downsamplings)
        x = layers.convolved(x, filters, "input")
        skips = []
        for i in range(1, num_downsamplings + 1):
            skips.append(x)
            x = layers.convolved(x, filters * 2**i, f"down{i}", strides=2)
            x = layers.convolved(x, filters * 2**i, f"low{i}")
        for i in reversed(range(num_downsamplings)):
            x = layers.joined(x, skips[i], f"up{i}")
            x = layers.convolved(x, filters * 2**i, f"high{i}")
        outputs = layers.scores(x, inputs, len(class_table))
        super().__init__(inputs=inputs, outputs=outputs, **kwargs)
        self.class_table = class_table
        self.filters = filters
        self.num_downsamplings = num_downsamplings
        self._policy = dtype

    def call(self, inputs, training=None, mask=None):
        return super().call(as_floats(inputs), training=training, mask=mask)

    def predict_labels(self, images):
        """Returns the class of each pixel.

        Args:
            images: `(batch, height, width, 3)` array: uint8 in [0, 255], or
                floats in [-1, 1].

        Returns:
            NumPy array `(batch, height, width)`, int32: indices of classes.

        Raises:
            ValueError: if the images are not of that shape, type and range,
                or the scores are not finite.
        """
        images = _checked(np.asarray(ops.convert_to_numpy(images)))
        fitting = _PIXELS_AT_ONCE // (images.shape[1] * images.shape[2])
        count = min(max(fitting, 1), _IMAGES_AT_ONCE)
        parts = []
        for start in range(0, len(images), count):
            part = images[start : start + count]
            scores = ops.convert_to_numpy(self.predict_on_batch(part))
            if not np.isfinite(scores).all():
                raise ValueError(
                    "A segmenter's scores must be finite numbers. Received: "
                    "NaN or infinity: its training has diverged."
                )
            parts.append(scores.argmax(-1).astype("int32"))
        return np.concatenate(parts)

    def get_config(self):
        return {
            "class_table": keras.saving.serialize_keras_object(
                self.class_table
            ),
            "filters": self.filters,
            "num_downsamplings": self.num_downsamplings,
            "dtype": keras.dtype_policies.serialize(self._policy),
            "name": self.name,
            "trainable": self.trainable,
        }

    @classmethod
    def from_config(cls, config):
        import keras_pix2pixhd.data  # noqa: F401  Keras must know ClassTable

        return cls(**deserialized(config))


class _Layers:
    """Wires the layers of a segmenter, all of one dtype policy."""

    def __init__(self, dtype):
        self._dtype = dtype

    def padded(self, x, multiple):
        return PadToMultiple2D(multiple, name="pad", dtype=self._dtype)(x)

    def convolved(self, x, filters, name, strides=1):
        """3x3 convolution, normalization, ReLU."""
        x = self._convolution(x, filters, 3, name, strides)
        x = InstanceNormalization(
            affine=True, name=f"{name}_norm", dtype=self._dtype
        )(x)
        return keras.layers.ReLU(name=f"{name}_relu", dtype=self._dtype)(x)

    def joined(self, x, skip, name):
        """Doubles the size of `x`, at the channels of `skip`, beside which
        it goes."""
        x = self._convolution(x, skip.shape[-1], 1, name)
        x = BilinearDoubling2D(name=f"{name}_resize", dtype=self._dtype)(x)
        return keras.layers.Concatenate(name=f"{name}_join", dtype=self._dtype)(
            [x, skip]
        )

    def scores(self, x, image, classes):
        """A score for each class, in the size of the image."""
        x = keras.layers.Conv2D(classes, 1, name="scores", dtype="float32")(x)
        return CropToMatch2D(name="crop", dtype="float32")([x, image])

    def _convolution(self, x, filters, size, name, strides=1):
        return keras.layers.Conv2D(
            filters,
            size,
            strides=strides,
            padding="same",
            use_bias=False,  # the normalization takes it off again
            kernel_initializer="he_normal",
            name=f"{name}_conv",
            dtype=self._dtype,
        )(x)


def _checked(images):
    """Returns images that are pixels, or floats in [-1, 1]."""
    known = images.dtype == np.uint8 or images.dtype.kind == "f"
    if images.ndim != 4 or images.shape[-1] != 3 or 0 in images.shape:
        known = False
    if not known:
        raise ValueError(
            "images must be (batch, height, width, 3), none of them 0, uint8 "
            "in [0, 255] or floats in [-1, 1]. Received: "
            f"shape={images.shape}, dtype={images.dtype}"
        )
    if images.dtype == np.uint8:
        return images
    check_range(images, "images")
    return images.astype("float32")
