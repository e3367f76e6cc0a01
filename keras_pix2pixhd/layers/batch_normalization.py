"""A batch normalization whose statistics stay finite."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class BatchNormalization(keras.layers.BatchNormalization):
    """Keras' layer; a batch that is not finite leaves no trace in it.

    One NaN would otherwise stay in the moving mean for good, so that the
    model, though its training goes on, could paint nothing more.

    Args:
        *args, **kwargs: those of `keras.layers.BatchNormalization`.

    Example:

    >>> layer = BatchNormalization()
    >>> _ = layer(np.full((1, 2, 2, 1), np.nan, "float32"), training=True)
    >>> layer.moving_mean.numpy().tolist()
    [0.0]
    """

    def call(self, inputs, training=None, mask=None):
        moving = (self.moving_mean, self.moving_variance)
        before = [ops.copy(ops.convert_to_tensor(v)) for v in moving]
        outputs = super().call(inputs, training=training, mask=mask)
        if training and self.trainable:
            for variable, kept in zip(moving, before, strict=True):
                value = ops.convert_to_tensor(variable)
                variable.assign(ops.where(ops.isfinite(value), value, kept))
        return outputs
