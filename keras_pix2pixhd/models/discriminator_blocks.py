"""What the discriminators of one scale are wired from."""

import keras

from keras_pix2pixhd.layers import SpectralConv2D
from keras_pix2pixhd.models.blocks import Blocks


class DiscriminatorBlocks(Blocks):
    """`Blocks` of a discriminator: all convolutions spectral, or none.

    Args:
        normalization: see `layers.normalization_layer`.
        spectral_normalization: bool.
        output_activation: `None` or `"sigmoid"`, of the scores.
        dtype: dtype policy of every layer.

    Raises:
        ValueError: if a name is unknown.
    """

    def __init__(
        self, normalization, spectral_normalization, output_activation, dtype
    ):
        if output_activation not in (None, "sigmoid"):
            raise ValueError(
                "output_activation must be None or 'sigmoid'. Received: "
                f"output_activation={output_activation!r}"
            )
        super().__init__(
            normalization,
            keras.dtype_policies.get(dtype or keras.config.dtype_policy()),
            convolution_layer=SpectralConv2D
            if spectral_normalization
            else keras.layers.Conv2D,
        )
        self.spectral_normalization = spectral_normalization
        self.output_activation = output_activation

    def scores(self, x, size):
        """One float32 score for each place, from a `size`x`size` kernel."""
        x = self.last_convolution(x, 1, size, "score")
        return keras.layers.Activation(
            self.output_activation, name="score", dtype="float32"
        )(x)

    def get_config(self):
        """The arguments that every discriminator takes, for its config."""
        return {
            "normalization": self.normalization,
            "spectral_normalization": self.spectral_normalization,
            "output_activation": self.output_activation,
            "dtype": keras.dtype_policies.serialize(self.dtype),
        }


def update_spectral_norms(network):
    """Updates the spectral convolutions among a network's layers."""
    for layer in network.layers:
        if isinstance(layer, SpectralConv2D):
            layer.update()
