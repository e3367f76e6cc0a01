"""Instance normalization with the numbers of the reference."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class InstanceNormalization(keras.layers.Layer):
    """Normalizes every channel of every image over its height and width.

    `(x - mean) / sqrt(variance + epsilon)` with the biased variance and no
    running statistics, so training and inference are the same function. The
    statistics are computed in float32 under every dtype policy.

    Args:
        epsilon: float, default 1e-5 (torch's; Keras' normalization layers
            use 1e-3, which does not give the reference's numbers).
        affine: bool, default False. Whether to learn a scale and an offset
            per channel, as MATLAB's `instanceNormalizationLayer` does.

    Input shape:
        `(batch, height, width, channels)`.

    Output shape:
        The same.

    Reference:
        [Ulyanov et al., 2016](https://arxiv.org/abs/1607.08022);
        `torch.nn.InstanceNorm2d(affine=False)` as used by NVIDIA/pix2pixHD.
    """

    def __init__(self, epsilon=1e-5, affine=False, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon
        self.affine = affine

    def build(self, input_shape):
        if self.affine:
            channels = (input_shape[-1],)
            self.gamma = self.add_weight(
                name="gamma", shape=channels, initializer="ones"
            )
            self.beta = self.add_weight(
                name="beta", shape=channels, initializer="zeros"
            )
        super().build(input_shape)

    def call(self, x):
        x = ops.cast(x, "float32")
        # ops.moments would cancel on torch, and is no faster elsewhere
        centred = x - ops.mean(x, axis=(1, 2), keepdims=True)
        variance = ops.mean(ops.square(centred), axis=(1, 2), keepdims=True)
        y = centred * ops.rsqrt(variance + self.epsilon)
        if self.affine:
            y = y * ops.cast(self.gamma, "float32")
            y = y + ops.cast(self.beta, "float32")
        return ops.cast(y, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "epsilon": self.epsilon,
            "affine": self.affine,
        }
