"""The gradient penalty on real images."""

import keras
from keras import ops

from keras_pix2pixhd.losses.input_gradient import input_gradient

# A power of two, so no digit is lost: the gradient of a mean over many
# patches is beyond what float16 can hold on its way back to the image.
SCALE = 1024.0


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class R1Penalty:
    """Half the squared length of the scores' gradient at real images.

    `0.5 * mean over the batch of ||gradient||^2`, where the gradient is that
    of the mean patch score of each scale, summed over the scales, with
    respect to the image. It keeps the discriminator flat around the real
    images. A usual weight for it is between 0.1 and 10; as a mean score
    hardly depends on one pixel, try large ones for large images. Batch and
    group normalization on TensorFlow leave a small part of the penalty's own
    gradient out (one of `tf.nn.moments`); instance normalization does not.

    Call arguments:
        scores_of: function from images like `image` to a list of patch
            scores, `(batch, rows, columns, 1)`, one per scale. It must
            change no variable: for a network that does in training, as
            batch normalization, call `network.stateless_call`.
        image: `(batch, height, width, channels)` float32 in [-1, 1]. A
            constant: no gradient reaches it.

    Returns:
        A float32 scalar, differentiable with respect to the weights that
        `scores_of` uses.

    Reference:
        [Mescheder et al., 2018](https://arxiv.org/abs/1801.04406),
        equation 9.

    Example: 3 for each of four pixels, in a mean over them.

    >>> image = np.zeros((2, 2, 2, 1), "float32")
    >>> float(R1Penalty()(lambda x: [3.0 * x], image))
    1.125
    """

    def __call__(self, scores_of, image):
        def scaled_score(image):
            return SCALE * sum(
                # every image has the same patches: a sum of means
                ops.sum(ops.mean(ops.cast(score, "float32"), axis=(1, 2, 3)))
                for score in scores_of(image)
            )

        image = ops.stop_gradient(ops.convert_to_tensor(image, "float32"))
        gradient = input_gradient(scaled_score, image) / SCALE
        return 0.5 * ops.mean(ops.sum(ops.square(gradient), axis=(1, 2, 3)))

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)
