"""The feature-matching loss."""

from keras import ops


class FeatureMatchingLoss:
    """Mean distance of the discriminators' features of fake and real.

    `sum over scales and maps of mean|fake - real| * (4 / maps) / scales`,
    where `maps` is the number of feature maps before the patch scores. The
    real side is a constant: no gradient reaches it.

    Call arguments:
        fake, real: outputs of a `MultiscaleDiscriminator`: lists over scales
            of lists of feature maps, the patch scores last (not compared).

    Returns:
        A float32 scalar.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585), equation 4.
        With weight 10 and four maps it is MATLAB's weight of 5 per map, up
        to MATLAB's comparing the scores too.

    Example:

    >>> fake = [[np.ones((1, 2, 2, 1)), None]]
    >>> real = [[np.zeros((1, 2, 2, 1)), None]]
    >>> float(FeatureMatchingLoss()(fake, real))
    4.0
    """

    def __call__(self, fake, real):
        total = 0.0
        for fake_maps, real_maps in zip(fake, real, strict=True):
            weight = 4.0 / (len(fake_maps) - 1) / len(fake)
            pairs = zip(fake_maps[:-1], real_maps[:-1], strict=True)
            for fake_map, real_map in pairs:
                difference = ops.cast(fake_map, "float32") - ops.stop_gradient(
                    ops.cast(real_map, "float32")
                )
                total += weight * ops.mean(ops.abs(difference))
        return total
