"""The discriminators of pix2pixHD, one per scale."""

import keras

from keras_pix2pixhd.layers import AverageDownsampling2D
from keras_pix2pixhd.models.blocks import check_at_least
from keras_pix2pixhd.models.patch_discriminator import PatchDiscriminator
from keras_pix2pixhd.models.pixel_discriminator import PixelDiscriminator

KINDS = ("patch", "pixel")


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class MultiscaleDiscriminator(keras.Model):
    """Judges a condition and an image at several scales.

    Independent `PatchDiscriminator`s, or `PixelDiscriminator`s, see the
    input at full size, at half size, and so on; between them the input,
    one-hot labels included, is halved by 3x3 means.

    Args:
        input_channels: int. Channels of the condition and of the image.
        filters: int, default 64. Filters of the first convolutions.
        num_layers: int, default 3. Convolutions with stride 2 per scale. Of
            no meaning with kind `"pixel"`.
        num_scales: int, default 2.
        kind: `"patch"` (default) or `"pixel"`.
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
        A list over scales, finest first; each a list of `num_layers + 1`
        feature maps (two with kind `"pixel"`), then the patch scores
        `(batch, rows, columns, 1)`.

    Raises:
        ValueError: if a number is below its minimum or a name is unknown.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585);
        `MultiscaleDiscriminator` of NVIDIA/pix2pixHD, whose `scale0` is the
        coarsest one.

    Example:

    >>> discriminator = MultiscaleDiscriminator(5, filters=4)
    >>> maps = discriminator(np.zeros((1, 32, 48, 5), "float32"))
    >>> len(maps), len(maps[0]), tuple(maps[0][-1].shape)
    (2, 5, (1, 7, 9, 1))
    """

    def __init__(
        self,
        input_channels,
        filters=64,
        num_layers=3,
        num_scales=2,
        kind="patch",
        normalization="instance",
        spectral_normalization=False,
        output_activation=None,
        dtype=None,
        **kwargs,
    ):
        check_at_least(num_scales=(num_scales, 1))
        if kind not in KINDS:
            raise ValueError(
                f"kind must be one of {', '.join(KINDS)}. Received: "
                f"kind={kind!r}"
            )
        dtype = keras.dtype_policies.get(dtype or keras.config.dtype_policy())
        options = {
            "input_channels": input_channels,
            "filters": filters,
            "normalization": normalization,
            "spectral_normalization": spectral_normalization,
            "output_activation": output_activation,
        }
        scales = []
        for i in range(num_scales):
            # variables need paths of their own: torch's gradients are
            # cleared by path
            name = f"level{i}"
            with keras.name_scope(name):
                arguments = {**options, "dtype": dtype, "name": name}
                if kind == "pixel":
                    scale = PixelDiscriminator(**arguments)
                else:
                    scale = PatchDiscriminator(
                        num_layers=num_layers, **arguments
                    )
            scales.append(scale)
        inputs = keras.Input((None, None, input_channels), name="judged")
        x, outputs = inputs, []
        for i, scale in enumerate(scales):
            if i > 0:
                x = AverageDownsampling2D(name=f"half{i}", dtype=dtype)(x)
            outputs.append(scale(x))
        super().__init__(inputs=inputs, outputs=outputs, **kwargs)
        self.input_channels = input_channels
        self.filters = filters
        self.num_layers = num_layers
        self.num_scales = num_scales
        self.kind = kind
        self.normalization = normalization
        self.spectral_normalization = spectral_normalization
        self.output_activation = output_activation
        self._layer_dtype = dtype

    def call(self, inputs, training=None, mask=None):
        outputs = super().call(inputs, training=training, mask=mask)
        # Keras takes the only element out of a list of outputs
        return outputs if self.num_scales > 1 else [outputs]

    def update_spectral_norms(self):
        """One power iteration of every spectral convolution, if any.

        Call it once in a training step, before the passes.
        """
        for i in range(self.num_scales):
            self.get_layer(f"level{i}").update_spectral_norms()

    def get_config(self):
        return {
            "input_channels": self.input_channels,
            "filters": self.filters,
            "num_layers": self.num_layers,
            "num_scales": self.num_scales,
            "kind": self.kind,
            "normalization": self.normalization,
            "spectral_normalization": self.spectral_normalization,
            "output_activation": self.output_activation,
            "dtype": keras.dtype_policies.serialize(self._layer_dtype),
            "name": self.name,
            "trainable": self.trainable,
        }
