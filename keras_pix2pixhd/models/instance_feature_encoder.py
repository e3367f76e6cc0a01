"""The encoder of pix2pixHD's instance features."""

import keras

from keras_pix2pixhd.layers import InstancePooling, PadToMultiple2D
from keras_pix2pixhd.models.blocks import Blocks, check_at_least


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class InstanceFeatureEncoder(keras.Model):
    """Describes every instance of a photograph by a few numbers.

    A `GlobalGenerator` without residual blocks, whose output is averaged over
    each instance and written back to all of its pixels (`InstancePooling`).
    A generator that sees these features learns to paint what the label map
    does not tell, such as the colour of a car.

    Args:
        input_channels: int, default 3. Channels of the image.
        feature_channels: int, default 3. Numbers per instance.
        filters: int, default 16. Filters of the first convolution.
        num_downsamplings: int, default 4.
        normalization: `"instance"` (default), `"instance_affine"`,
            `"batch"`, `"group"` or `"none"`.
        padding: `"reflect"` (default), `"replicate"` or `"zero"`: what the
            convolutions with stride 1 see beyond the border.
        upsampling: `"transposed"` (default: a transposed convolution),
            `"bilinear"` or `"nearest"` (that resize, then a convolution), or
            `"pixel_shuffle"` (a convolution to four times the filters, of
            which each four become four pixels). The last three are known for
            less of a checkerboard.
        dtype: dtype policy of the layers, or `None` for the global one. The
            output is float32 under every policy.

    Call arguments:
        inputs: a pair: image `(batch, height, width, input_channels)` in
            [-1, 1], any size from 1x1 up; and ids `(batch, height, width)`,
            integers of any value: instances, or labels.

    Returns:
        `(batch, height, width, feature_channels)`, float32 in [-1, 1].

    Raises:
        ValueError: if a number is out of its range or a name is unknown.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585), section 3.4;
        `Encoder` of NVIDIA/pix2pixHD.

    Example:

    >>> encoder = InstanceFeatureEncoder(filters=4, num_downsamplings=1)
    >>> image = np.zeros((1, 20, 33, 3), "float32")
    >>> ids = np.zeros((1, 20, 33), "int32")
    >>> tuple(encoder([image, ids]).shape)
    (1, 20, 33, 3)
    """

    def __init__(
        self,
        input_channels=3,
        feature_channels=3,
        filters=16,
        num_downsamplings=4,
        normalization="instance",
        padding="reflect",
        upsampling="transposed",
        dtype=None,
        **kwargs,
    ):
        check_at_least(
            input_channels=(input_channels, 1),
            feature_channels=(feature_channels, 1),
            filters=(filters, 1),
            num_downsamplings=(num_downsamplings, 0),
        )
        dtype = keras.dtype_policies.get(dtype or keras.config.dtype_policy())
        blocks = Blocks(normalization, dtype, 0.0, padding, upsampling)
        image = keras.Input((None, None, input_channels), name="image")
        instance = keras.Input((None, None), dtype="int32", name="instance")
        x = PadToMultiple2D(
            2**num_downsamplings,
            minimum=max(4, 2 ** (num_downsamplings + 1)),
            name="pad_to_multiple",
            dtype=dtype,
        )(image)
        x = blocks.hourglass(x, filters, num_downsamplings, 0)
        x = blocks.image(blocks.head(x, feature_channels), image)
        features = InstancePooling(name="pool", dtype="float32")([x, instance])
        super().__init__(inputs=[image, instance], outputs=features, **kwargs)
        self.input_channels = input_channels
        self.feature_channels = feature_channels
        self.filters = filters
        self.num_downsamplings = num_downsamplings
        self._blocks = blocks

    def get_config(self):
        config = self._blocks.get_config()
        del config["dropout"]  # there are no residual blocks
        return {
            "input_channels": self.input_channels,
            "feature_channels": self.feature_channels,
            "filters": self.filters,
            "num_downsamplings": self.num_downsamplings,
            **config,
            "name": self.name,
            "trainable": self.trainable,
        }
