"""A discriminator that looks at one pixel at a time."""

import keras

from keras_pix2pixhd.models.blocks import check_at_least
from keras_pix2pixhd.models.discriminator_blocks import (
    DiscriminatorBlocks,
    update_spectral_norms,
)


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class PixelDiscriminator(keras.Model):
    """Scores every pixel for being real, whatever is around it (PixelGAN).

    1x1 convolutions: `filters` without normalization, twice as many with
    normalization, and one score. It judges colours, not shapes. (Instance
    normalization lets all pixels of an image matter through their mean and
    deviation; without any, each pixel is on its own.)

    Args:
        input_channels: int. Channels of the condition and of the image.
        filters: int, default 64. Filters of the first convolution.
        normalization: `"instance"` (default), `"instance_affine"`,
            `"batch"`, `"group"` or `"none"`.
        spectral_normalization: bool, default False. Whether every
            convolution, that of the scores too, is a `SpectralConv2D`;
            training must then call `update_spectral_norms` in every step.
            Usually with normalization `"none"`.
        output_activation: `None` (default) or `"sigmoid"`.
        dtype: dtype policy of the layers, or `None` for the global one. The
            scores are float32 under every policy.

    Input shape:
        `(batch, height, width, input_channels)`, any size from 1x1 up.

    Output shape:
        A list of two feature maps with `filters` and `2 * filters` channels,
        then the scores `(batch, height, width, 1)`.

    Raises:
        ValueError: if a number is below its minimum or a name is unknown.

    Reference:
        [Isola et al., 2017](https://arxiv.org/abs/1611.07004);
        `PixelDiscriminator` of junyanz/pytorch-CycleGAN-and-pix2pix; MATLAB's
        `patchGANDiscriminator` with `NetworkType="pixel"`.

    Example:

    >>> discriminator = PixelDiscriminator(5, filters=4)
    >>> maps = discriminator(np.zeros((1, 32, 48, 5), "float32"))
    >>> [tuple(m.shape)[1:] for m in maps]
    [(32, 48, 4), (32, 48, 8), (32, 48, 1)]
    """

    def __init__(
        self,
        input_channels,
        filters=64,
        normalization="instance",
        spectral_normalization=False,
        output_activation=None,
        dtype=None,
        **kwargs,
    ):
        check_at_least(input_channels=(input_channels, 1), filters=(filters, 1))
        blocks = DiscriminatorBlocks(
            normalization, spectral_normalization, output_activation, dtype
        )
        inputs = keras.Input((None, None, input_channels), name="judged")
        x = blocks.convolution(inputs, filters, 1, "layer0")
        first = blocks.leaky_relu(x, "layer0")
        x = blocks.normalized(first, 2 * filters, 1, "layer1")
        second = blocks.leaky_relu(x, "layer1")
        outputs = [first, second, blocks.scores(second, 1)]
        super().__init__(inputs=inputs, outputs=outputs, **kwargs)
        self.input_channels = input_channels
        self.filters = filters
        self._blocks = blocks

    def update_spectral_norms(self):
        """One power iteration of every spectral convolution, if any.

        Call it once in a training step, before the passes.
        """
        update_spectral_norms(self)

    def get_config(self):
        return {
            "input_channels": self.input_channels,
            "filters": self.filters,
            **self._blocks.get_config(),
            "name": self.name,
            "trainable": self.trainable,
        }
