"""One scale of the multiscale discriminator."""

import keras

from keras_pix2pixhd.models.blocks import check_at_least
from keras_pix2pixhd.models.discriminator_blocks import (
    DiscriminatorBlocks,
    update_spectral_norms,
)

MAX_FILTERS = 512


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class PatchDiscriminator(keras.Model):
    """Scores every patch of an image for being real (PatchGAN).

    4x4 convolutions with two pixels of zeros on every side (the reference's
    padding, not the usual one): stride 2 without normalization, stride 2
    with normalization `num_layers - 1` times while the filters double up to
    512, stride 1 with normalization, and stride 1 to one score per patch.

    Args:
        input_channels: int. Channels of the condition and of the image.
        filters: int, default 64. Filters of the first convolution.
        num_layers: int, default 3. Convolutions with stride 2.
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
        A list of `num_layers + 1` feature maps, then the patch scores
        `(batch, rows, columns, 1)`; 512 pixels give 67 patches.

    Raises:
        ValueError: if a number is below its minimum or a name is unknown.

    Reference:
        [Isola et al., 2017](https://arxiv.org/abs/1611.07004);
        `NLayerDiscriminator` of NVIDIA/pix2pixHD.
    """

    def __init__(
        self,
        input_channels,
        filters=64,
        num_layers=3,
        normalization="instance",
        spectral_normalization=False,
        output_activation=None,
        dtype=None,
        **kwargs,
    ):
        check_at_least(
            input_channels=(input_channels, 1),
            filters=(filters, 1),
            num_layers=(num_layers, 1),
        )
        blocks = DiscriminatorBlocks(
            normalization, spectral_normalization, output_activation, dtype
        )
        inputs = keras.Input((None, None, input_channels), name="judged")
        x = blocks.zero_pad(inputs, 2, "layer0")
        x = blocks.convolution(x, filters, 4, "layer0", strides=2)
        maps = [blocks.leaky_relu(x, "layer0")]
        for i in range(1, num_layers + 1):
            name = f"layer{i}"
            width = min(filters * 2**i, max(filters, MAX_FILTERS))
            x = blocks.zero_pad(maps[-1], 2, name)
            strides = 2 if i < num_layers else 1
            x = blocks.normalized(x, width, 4, name, strides=strides)
            maps.append(blocks.leaky_relu(x, name))
        scores = blocks.scores(blocks.zero_pad(maps[-1], 2, "score"), 4)
        super().__init__(inputs=inputs, outputs=[*maps, scores], **kwargs)
        self.input_channels = input_channels
        self.filters = filters
        self.num_layers = num_layers
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
            "num_layers": self.num_layers,
            **self._blocks.get_config(),
            "name": self.name,
            "trainable": self.trainable,
        }
