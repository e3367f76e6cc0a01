"""The perceptual loss over the taps of a classification network."""

from keras import ops

TAP_WEIGHTS = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1.0)


class PerceptualLoss:
    """Weighted mean distance of the features of fake and real images.

    Relu1_1 to relu5_1 of VGG19 count 1/32, 1/16, 1/8, 1/4 and 1. Where the
    network ends early, the weights that remain are scaled up to the same
    sum. The real side is a constant: no gradient reaches it.

    Call arguments:
        fake, real: lists of feature maps, the shallowest first, at most
            five.

    Returns:
        A float32 scalar.

    Reference:
        [Johnson et al., 2016](https://arxiv.org/abs/1603.08155); `VGGLoss`
        of NVIDIA/pix2pixHD.

    Example: two taps share the sum of 1.46875 as one to two.

    >>> ones, zeros = np.ones((1, 2, 2, 1)), np.zeros((1, 2, 2, 1))
    >>> round(float(PerceptualLoss()([ones, ones], [zeros, ones])), 6)
    0.489583
    """

    def __call__(self, fake, real):
        weights = TAP_WEIGHTS[: len(fake)]
        scale = sum(TAP_WEIGHTS) / sum(weights)
        total = 0.0
        for weight, fake_map, real_map in zip(weights, fake, real, strict=True):
            difference = ops.cast(fake_map, "float32") - ops.stop_gradient(
                ops.cast(real_map, "float32")
            )
            total += scale * weight * ops.mean(ops.abs(difference))
        return total
