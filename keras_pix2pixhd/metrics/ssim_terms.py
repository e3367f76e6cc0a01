"""The terms of structural similarity, image by image."""

import numpy as np

WINDOW = 11
_SIGMA = 1.5
_C1 = (0.01 * 255) ** 2
_C2 = (0.03 * 255) ** 2
# Rows at a time, so that what is worked on stays in the processor's cache.
_STRIP = 32


def ssim_terms(x, y):
    """Compares two images under a Gaussian window.

    Args:
        x: `(height, width, channels)` float64 array in [0, 255].
        y: the same.

    Returns:
        Two arrays `(channels,)`, means over all positions at which the
        window lies whole inside the image: of structural similarity, and of
        its part without luminance, `contrast * structure`.
    """
    window = _window(min(WINDOW, *x.shape[:2]))
    rows = x.shape[0] - len(window) + 1
    positions = rows * (x.shape[1] - len(window) + 1)
    sums = np.zeros((2, x.shape[-1]))
    for channel in range(x.shape[-1]):
        one, other = (np.ascontiguousarray(a[..., channel]) for a in (x, y))
        for start in range(0, rows, _STRIP):
            strip = slice(start, start + _STRIP + len(window) - 1)
            sums[:, channel] += _sums(one[strip], other[strip], window)
    whole, structure = sums / positions
    return whole, structure


def _sums(x, y, window):
    mean_x, mean_y = _blurred(x, window), _blurred(y, window)
    product, squares = mean_x * mean_y, mean_x**2 + mean_y**2
    covariance = _blurred(x * y, window) - product
    variances = _blurred(x * x + y * y, window) - squares
    structure = (2 * covariance + _C2) / (variances + _C2)
    luminance = (2 * product + _C1) / (squares + _C1)
    return (luminance * structure).sum(), structure.sum()


def _window(size):
    size -= 1 - size % 2
    places = np.arange(size) - size // 2
    weights = np.exp(-(places**2) / (2 * _SIGMA**2))
    return weights / weights.sum()


def _blurred(x, window):
    """Filters `(height, width)` along height, then along width."""
    return _along_height(_along_height(x, window).T, window).T


def _along_height(x, window):
    """The window is symmetric: places at the same distance share a weight."""
    last = len(window) - 1
    middle, count = last // 2, len(x) - last
    result = x[middle : middle + count] * window[middle]
    pair = np.empty_like(result)
    for near in range(middle):
        far = last - near
        np.add(x[near : near + count], x[far : far + count], out=pair)
        pair *= window[near]
        result += pair
    return result
