"""The kernel distance between generated and real images."""

import operator

import numpy as np

from keras_pix2pixhd.metrics.distributions.distribution_metric import (
    DistributionMetric,
)
from keras_pix2pixhd.metrics.distributions.feature_rows import FeatureRows

_LARGEST_SUBSET = 1000


class KernelInceptionDistance(DistributionMetric):
    """Kernel distance between the features of generated and real images.

    The squared maximum mean discrepancy under the kernel
    `(x . y / dimensions + 1)^3`, its unbiased estimate, over subsets drawn
    without replacement: its mean and the standard deviation between subsets.
    It may be below zero where the two sets are alike. It equals that of
    torch-fidelity on the same features with the same seed.

    The subsets are drawn by position: they are the same for every batch size,
    but not for another order of the images, as merged workers have it. Neither
    the order nor the seed is in the key: what they change lies within the
    spread, which the result gives.

    Args:
        feature_network: `FeatureNetwork` or `None` (default), to give
            features only.
        subsets: int, number of subsets, at least 1. Default: 100.
        subset_size: int, images in a subset, at least 2 and at most as many
            as the smaller side has. Default: half of the smaller side, 1,000
            at most.
        seed: int in [0, 2^32), what the subsets are drawn with.
        reference: `FeatureReference` of the real images, or `None`.

    Raises:
        ValueError: if an argument is none of that.

    Example:

    >>> metric = KernelInceptionDistance(subsets=1, subset_size=2)
    >>> metric.update_features(generated=[[1.0], [1.0]], real=[[0.0], [0.0]])
    >>> metric.result()  # 2^3 + 1 - 2 * 1
    {'kid_features_n2_s1x2': {'mean': 7.0, 'spread': 0.0}}

    Reference:
        [Binkowski et al., 2018](https://arxiv.org/abs/1801.01401)
    """

    state = FeatureRows

    def __init__(
        self,
        feature_network=None,
        subsets=100,
        subset_size=None,
        seed=0,
        reference=None,
    ):
        self.subsets = _checked("subsets", subsets, 1)
        if subset_size is not None:
            subset_size = _checked("subset_size", subset_size, 2)
        self.subset_size = subset_size
        self.seed = _checked("seed", seed, 0, 2**32 - 1)
        super().__init__(feature_network, reference)

    def describe(self):
        return super().describe() | {
            "subsets": self.subsets,
            "subset_size": self.subset_size,
            "seed": self.seed,
        }

    def _values(self, generated, real):
        smaller = min(generated.count, real.count)
        size = self.subset_size or min(_LARGEST_SUBSET, max(2, smaller // 2))
        if size > smaller:
            raise ValueError(
                "subset_size must be at most the number of images on the "
                f"smaller side, {smaller}. Received: subset_size={size}"
            )
        # not default_rng: the numbers of this one never change
        random = np.random.RandomState(self.seed)
        sides = [state.features for state in (generated, real)]
        values = [
            kernel_distance(
                *(x[random.choice(len(x), size, replace=False)] for x in sides)
            )
            for _ in range(self.subsets)
        ]
        key = f"kid_{self._key()}_s{self.subsets}x{size}"
        return {
            key: {
                "mean": float(np.mean(values)),
                "spread": float(np.std(values)),
            }
        }


def kernel_distance(x, y):
    """Unbiased estimate of the squared maximum mean discrepancy.

    Args:
        x: `(n, dimensions)` array, at least two.
        y: `(m, dimensions)` array, at least two.

    Returns:
        Float; below zero too where the sets are alike.
    """
    x, y = (np.asarray(a, "float64") for a in (x, y))
    return float(
        _mean_of_others(_kernel(x, x))
        + _mean_of_others(_kernel(y, y))
        - 2 * _kernel(x, y).mean()
    )


def _kernel(x, y):
    return (x @ y.T / x.shape[1] + 1) ** 3


def _mean_of_others(matrix):
    """Mean over all pairs of two different ones."""
    n = len(matrix)
    return (matrix.sum() - np.trace(matrix)) / (n * (n - 1))


def _checked(name, value, smallest, largest=None):
    try:
        number = operator.index(value)
    except TypeError:
        number = smallest - 1
    if number < smallest or (largest is not None and number > largest):
        limits = f"at least {smallest}"
        if largest is not None:
            limits = f"in [{smallest}, {largest}]"
        raise ValueError(
            f"{name} must be an integer, {limits}. Received: {name}={value!r}"
        )
    return number
