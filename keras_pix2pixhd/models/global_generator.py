"""The global generator of pix2pixHD."""

import keras

from keras_pix2pixhd.layers import PadToMultiple2D
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
        normalization: `"instance"` (default), `"instance_affine"`,
            `"batch"`, `"group"` or `"none"`.
        dropout: float in [0, 1), default 0. Inside the residual blocks; the
            reference's option is 0.5.
        padding: `"reflect"` (default), `"replicate"` or `"zero"`: what the
            convolutions with stride 1 see beyond the border.
        upsampling: `"transposed"` (default: a transposed convolution),
            `"bilinear"` or `"nearest"` (that resize, then a convolution), or
            `"pixel_shuffle"` (a convolution to four times the filters, of
            which each four become four pixels). The last three are known for
            less of a checkerboard.
        rematerialize: bool, default False. Whether training computes the
            residual blocks again in the backward pass, rather than keep what
            is in them: less memory, more time, the same gradients. Without
            dropout and batch normalization only.
        dtype: dtype policy of the layers, or `None` for the global one. The
            output is float32 under every policy.

    Input shape:
        `(batch, height, width, input_channels)`, any size from 1x1 up.

    Output shape:
        `(batch, height, width, output_channels)`, float32 in [-1, 1].

    Raises:
        ValueError: if a number is out of its range or a name is unknown.

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
        dropout=0.0,
        padding="reflect",
        upsampling="transposed",
        rematerialize=False,
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
        blocks = Blocks(
            normalization,
            dtype,
            dropout,
            padding,
            upsampling,
            rematerialize=rematerialize,
        )
        inputs = keras.Input((None, None, input_channels), name="semantic")
        x = PadToMultiple2D(
            2**num_downsamplings,
            # reflection needs 2 pixels in the blocks and 4 at full size
            minimum=max(4, 2 ** (num_downsamplings + 1)),
            name="pad_to_multiple",
            dtype=dtype,
        )(inputs)
        x = blocks.hourglass(x, filters, num_downsamplings, num_residual_blocks)
        x = blocks.head(x, output_channels)
        outputs = blocks.image(x, inputs)
        super().__init__(inputs=inputs, outputs=outputs, **kwargs)
        self.input_channels = input_channels
        self.output_channels = output_channels
        self.filters = filters
        self.num_downsamplings = num_downsamplings
        self.num_residual_blocks = num_residual_blocks
        self._blocks = blocks

    def get_config(self):
        return {
            "input_channels": self.input_channels,
            "output_channels": self.output_channels,
            "filters": self.filters,
            "num_downsamplings": self.num_downsamplings,
            "num_residual_blocks": self.num_residual_blocks,
            **self._blocks.get_config(),
            "rematerialize": self._blocks.rematerialize,
            "name": self.name,
            "trainable": self.trainable,
        }
