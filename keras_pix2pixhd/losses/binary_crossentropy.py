"""The cross-entropy adversarial loss of the first GANs."""

import keras
from keras import ops

from keras_pix2pixhd.losses.adversarial import AdversarialLoss

SMALLEST = 1.2e-38  # float32 below it may be flushed to zero
LOG_OF_ZERO = -100.0


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class BinaryCrossentropyLoss(AdversarialLoss):
    """Cross entropy of the patch scores with 1 (real) or 0 (fake).

    The generator pays for fake scores as if they were meant to be real (the
    non-saturating form). Every method takes a list of patch scores, one
    tensor per scale, and returns a float32 scalar: the mean over the patches
    of each scale, summed over the scales.

    Args:
        from_logits: bool, default True. Whether the scores are logits, any
            number; the loss is then computed without a sigmoid and has a
            gradient however sure the discriminator is. False: scores in
            [0, 1], of a discriminator with `output_activation="sigmoid"`;
            the logarithm of zero counts as -100, as in torch.

    Reference:
        [Goodfellow et al., 2014](https://arxiv.org/abs/1406.2661);
        `GANLoss(use_lsgan=False)` of NVIDIA/pix2pixHD, after a sigmoid.

    Example: even odds cost log 2.

    >>> scores = [np.zeros((1, 2, 2, 1)), np.zeros((1, 1, 1, 1))]
    >>> round(float(BinaryCrossentropyLoss().real(scores)), 4)
    1.3863
    """

    def __init__(self, from_logits=True):
        self.from_logits = from_logits

    def real_cost(self, score):
        if self.from_logits:
            return ops.softplus(-score)
        return -_log(score)

    def fake_cost(self, score):
        if self.from_logits:
            return ops.softplus(score)
        return -_log(1.0 - score)

    def get_config(self):
        return {"from_logits": self.from_logits}


def _log(x):
    positive = x > SMALLEST
    # the inner choice keeps the gradient at zero finite
    log = ops.log(ops.where(positive, x, 1.0))
    return ops.where(positive, log, LOG_OF_ZERO)
