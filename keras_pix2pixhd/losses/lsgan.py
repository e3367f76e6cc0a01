"""The least squares adversarial loss."""

import keras
from keras import ops


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class LSGANLoss:
    """Mean squared distance of the patch scores to 1 (real) or 0 (fake).

    Every method takes a list of patch scores, one tensor per scale, and
    returns a float32 scalar: the mean over the patches of each scale, summed
    over the scales.

    Reference:
        [Mao et al., 2017](https://arxiv.org/abs/1611.04076); `GANLoss` of
        NVIDIA/pix2pixHD.

    Example:

    >>> scores = [np.array([[1.0, 0.5]]), np.array([[0.0]])]
    >>> float(LSGANLoss().real(scores))
    1.125
    """

    def real(self, scores):
        """What the discriminator pays for its scores of real images."""
        return self._distance(scores, 1.0)

    def fake(self, scores):
        """What the discriminator pays for its scores of fake images."""
        return self._distance(scores, 0.0)

    def generator(self, scores):
        """What the generator pays for the scores of its images."""
        return self._distance(scores, 1.0)

    @staticmethod
    def _distance(scores, target):
        return sum(
            ops.mean(ops.square(ops.cast(score, "float32") - target))
            for score in scores
        )

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)
