"""The Fréchet distance between two normal distributions."""

import numpy as np


def frechet_distance(a, b):
    """Squared Fréchet distance between the normal distributions of features.

    `|mean_a - mean_b|^2 + trace(A + B - 2 (A B)^(1/2))` with the unbiased
    covariances `A` and `B`. The trace of the root is the sum of the singular
    values of `R_a R_b^T`, divided by `((n - 1) (m - 1))^(1/2)`: no square
    root of a matrix, no imaginary part, nothing added to a diagonal, and
    exact in float64 with fewer images than dimensions, where a matrix square
    root is not.

    Args:
        a: `FeatureMoments` of at least two images.
        b: the same, of as many dimensions.

    Returns:
        Float, 0 or more.

    Raises:
        ValueError: if there are fewer than two images, or the dimensions
            differ.

    Reference:
        Dowson and Landau: The Fréchet Distance between Multivariate Normal
        Distributions, 1982; Heusel et al.: GANs Trained by a Two Time-Scale
        Update Rule, 2017.

    Example:

    >>> from keras_pix2pixhd.metrics.distributions import FeatureMoments
    >>> a, b = FeatureMoments(), FeatureMoments()
    >>> a.update([[-1.0], [1.0]])
    >>> b.update([[0.0], [6.0]])
    >>> round(frechet_distance(a, b), 6)  # 3^2 + (2^0.5 - 18^0.5)^2
    17.0
    """
    if min(a.count, b.count) < 2:
        raise ValueError(
            "The Fréchet distance must have at least two images on each "
            f"side. Received: {a.count} and {b.count}"
        )
    if a.dimensions != b.dimensions:
        raise ValueError(
            "Both sides of a Fréchet distance must have equal dimensions. "
            f"Received: {a.dimensions} and {b.dimensions}"
        )
    ra = a.factor / np.sqrt(a.count - 1)
    rb = b.factor / np.sqrt(b.count - 1)
    common = np.linalg.svd(ra @ rb.T, compute_uv=False).sum()
    traces = np.square(ra).sum() + np.square(rb).sum()
    means = np.square(a.mean - b.mean).sum()
    return float(max(means + traces - 2 * common, 0.0))
