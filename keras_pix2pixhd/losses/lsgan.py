"""The least squares adversarial loss."""

import keras
from keras import ops

from keras_pix2pixhd.losses.adversarial import AdversarialLoss


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class LSGANLoss(AdversarialLoss):
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

    def real_cost(self, score):
        return ops.square(score - 1.0)

    def fake_cost(self, score):
        return ops.square(score)
