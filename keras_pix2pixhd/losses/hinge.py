"""The hinge adversarial loss."""

import keras
from keras import ops

from keras_pix2pixhd.losses.adversarial import AdversarialLoss


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class HingeLoss(AdversarialLoss):
    """The discriminator wants real scores above 1, fake ones below -1.

    It pays `relu(1 - score)` for real and `relu(1 + score)` for fake images,
    so what it already knows for sure no longer moves it; the generator pays
    `-score`, without a bound. The scores must be logits: no sigmoid.

    Every method takes a list of patch scores, one tensor per scale, and
    returns a float32 scalar: the mean over the patches of each scale, summed
    over the scales.

    Reference:
        [Lim and Ye, 2017](https://arxiv.org/abs/1705.02894);
        [Miyato et al., 2018](https://arxiv.org/abs/1802.05957), equations 16
        and 17.

    Example:

    >>> scores = [np.array([[2.0, 0.5]]), np.array([[0.0]])]
    >>> loss = HingeLoss()
    >>> float(loss.real(scores)), float(loss.generator(scores))
    (1.25, -1.25)
    """

    def real_cost(self, score):
        return ops.relu(1.0 - score)

    def fake_cost(self, score):
        return ops.relu(1.0 + score)

    def generator_cost(self, score):
        return -score
