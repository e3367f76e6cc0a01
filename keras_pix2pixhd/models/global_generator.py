"""The global generator of pix2pixHD."""

import keras

from keras_pix2pixhd.layers import (
    CropToMatch2D,
    PadToMultiple2D,
    ResidualBlock,
)
from keras_pix2pixhd.models.blocks import Blocks, check_at_least


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class GlobalGenerator(keras.Model):
    """Paints an image from a map of label vectors.

    A 7x7 convolution, `num_downsamplings` halvings that double the
    channels, residual blocks, as many doublings, and a 7x7 convolution with
    tanh. All padding is explicit and equals torch's, so weights trained with
    the reference give the same numbers. Heights and widths that cannot be
    halved that often are padded inside by repeating the border and cropped
    again.

    Args:
        input_channels: int. Channels of the input: label channels, one more
            for instance edges.
        output_channels: int, default 3. Channels of the image.
        filters: int, default 64. Filters of the first convolution.
        num_downsamplings: int, default 4.
        num_residual_blocks: int, default 9.
        normalization: `"instance"` (default), `"batch"` or `"none"`.
        dtype: dtype policy of the layers, or `None` for the global one. The
            output is float32 under every policy.

    Input shape:
        `(batch, height, width, input_channels)`, any size from 1x1 up.

    Output shape:
        `(batch, height, width, output_channels)`, float32 in [-1, 1].

    Raises:
        ValueError: if a number is below its minimum or `normalization` is
            unknown.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585);
        `GlobalGenerator` of NVIDIA/pix2pixHD.

    Example:

    >>> generator = GlobalGenerator(4, filters=8, num_residual_blocks=1)
    >>> tuple(generator(np.zeros((1, 20, 33, 4), "float32")).shape)
    (1, 20, 33, 3)
    """

    def __init__(
        self,
        input_channels,
        output_channels=3,
        filters=64,
        num_downsamplings=4,
        num_residual_blocks=9,
        normalization="instance",
        dtype=None,
        **kwargs,
    ):
        check_at_least(
            input_channels=(input_channels, 1),
            output_channels=(output_channels, 1),
            filters=(filters, 1),
            num_downsamplings=(num_downsamplings, 0),
            num_residual_blocks=(num_residual_blocks, 0),
        )
        dtype = keras.dtype_policies.get(dtype or keras.config.dtype_policy())
        blocks = Blocks(normalization, dtype)
        inputs = keras.Input((None, None, input_channels), name="semantic")
        x = PadToMultiple2D(
            2**num_downsamplings,
            # reflection needs 2 pixels in the blocks and 4 at full size
            minimum=max(4, 2 ** (num_downsamplings + 1)),
            name="pad_to_multiple",
            dtype=dtype,
        )(inputs)
        x = blocks.reflect_pad(x, 3, "input")
        x = blocks.relu(blocks.normalized(x, filters, 7, "input"), "input")
        for i in range(1, num_downsamplings + 1):
            x = blocks.downsample(x, filters * 2**i, f"down{i}")
        for i in range(1, num_residual_blocks + 1):
            x = ResidualBlock(
                x.shape[-1], normalization, name=f"block{i}", dtype=dtype
            )(x)
        for i in range(1, num_downsamplings + 1):
            width = filters * 2 ** (num_downsamplings - i)
            x = blocks.upsample(x, width, f"up{i}")
        x = blocks.reflect_pad(x, 3, "output")
        x = blocks.convolution(x, output_channels, 7, "output")
        x = CropToMatch2D(name="crop", dtype=dtype)([x, inputs])
        outputs = keras.layers.Activation("tanh", name="tanh", dtype="float32")(
            x
        )
        super().__init__(inputs=inputs, outputs=outputs, **kwargs)
        self.input_channels = input_channels
        self.output_channels = output_channels
        self.filters = filters
        self.num_downsamplings = num_downsamplings
        self.num_residual_blocks = num_residual_blocks
        self.normalization = normalization
        self._layer_dtype = dtype

    def get_config(self):
        return {
            "input_channels": self.input_channels,
            "output_channels": self.output_channels,
            "filters": self.filters,
            "num_downsamplings": self.num_downsamplings,
            "num_residual_blocks": self.num_residual_blocks,
            "normalization": self.normalization,
            "dtype": keras.dtype_policies.serialize(self._layer_dtype),
            "name": self.name,
            "trainable": self.trainable,
        }
