"""The coarse-to-fine generator of pix2pixHD."""

import keras

from keras_pix2pixhd.layers import AverageDownsampling2D, PadToMultiple2D
from keras_pix2pixhd.models.blocks import Blocks, check_at_least


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class LocalEnhancer(keras.Model):
    """A global generator at a smaller size, and enhancers around it.

    The input, one-hot labels included, is halved once per enhancer. A global
    generator without its last convolution sees the smallest; each enhancer
    halves its own, twice larger input, adds what came from below, and doubles
    the sum again after some residual blocks. The last enhancer paints.

    Its global part has `filters * 2**num_enhancers` filters and the layer
    names of a `GlobalGenerator`: `grow_gan` carries trained weights over.

    Args:
        input_channels: int. Channels of the input: label channels, one more
            for instance edges, and those of instance features.
        output_channels: int, default 3. Channels of the image.
        filters: int, default 32. Filters at full size.
        num_enhancers: int, default 1.
        num_local_residual_blocks: int, default 3. Per enhancer.
        num_global_downsamplings: int, default 4.
        num_global_residual_blocks: int, default 9.
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
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585), section 3.1;
        `LocalEnhancer` of NVIDIA/pix2pixHD.

    Example:

    >>> generator = LocalEnhancer(
    ...     4, filters=4, num_global_downsamplings=1,
    ...     num_global_residual_blocks=1, num_local_residual_blocks=1)
    >>> tuple(generator(np.zeros((1, 20, 33, 4), "float32")).shape)
    (1, 20, 33, 3)
    """

    def __init__(
        self,
        input_channels,
        output_channels=3,
        filters=32,
        num_enhancers=1,
        num_local_residual_blocks=3,
        num_global_downsamplings=4,
        num_global_residual_blocks=9,
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
            num_enhancers=(num_enhancers, 1),
            num_local_residual_blocks=(num_local_residual_blocks, 0),
            num_global_downsamplings=(num_global_downsamplings, 0),
            num_global_residual_blocks=(num_global_residual_blocks, 0),
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
        multiple = 2 ** (num_global_downsamplings + num_enhancers)
        # reflection needs 2 pixels in the blocks, 4 before the global stem
        minimum = max(4 * 2**num_enhancers, 2 * multiple)
        padded = PadToMultiple2D(
            multiple, minimum, name="pad_to_multiple", dtype=dtype
        )(inputs)
        pyramid = [padded]
        for i in range(1, num_enhancers + 1):
            half = AverageDownsampling2D(name=f"half{i}", dtype=dtype)
            pyramid.append(half(pyramid[-1]))
        x = blocks.hourglass(
            pyramid[-1],
            filters * 2**num_enhancers,
            num_global_downsamplings,
            num_global_residual_blocks,
        )
        for n in range(1, num_enhancers + 1):
            x = blocks.enhance(
                pyramid[num_enhancers - n],
                x,
                filters * 2 ** (num_enhancers - n),
                num_local_residual_blocks,
                f"enhancer{n}",
            )
        x = blocks.head(x, output_channels)
        super().__init__(
            inputs=inputs, outputs=blocks.image(x, inputs), **kwargs
        )
        self.input_channels = input_channels
        self.output_channels = output_channels
        self.filters = filters
        self.num_enhancers = num_enhancers
        self.num_local_residual_blocks = num_local_residual_blocks
        self.num_global_downsamplings = num_global_downsamplings
        self.num_global_residual_blocks = num_global_residual_blocks
        self._blocks = blocks

    @property
    def outermost_variables(self):
        """Trainable variables of the last enhancer and its painting layer."""
        prefix = f"enhancer{self.num_enhancers}_"
        return [
            variable
            for layer in self.layers
            if layer.name.startswith((prefix, "output_"))
            for variable in layer.trainable_variables
        ]

    def get_config(self):
        return {
            "input_channels": self.input_channels,
            "output_channels": self.output_channels,
            "filters": self.filters,
            "num_enhancers": self.num_enhancers,
            "num_local_residual_blocks": self.num_local_residual_blocks,
            "num_global_downsamplings": self.num_global_downsamplings,
            "num_global_residual_blocks": self.num_global_residual_blocks,
            **self._blocks.get_config(),
            "rematerialize": self._blocks.rematerialize,
            "name": self.name,
            "trainable": self.trainable,
        }
