"""The terms of structural similarity, image by image."""

import functools

import numpy as np

WINDOW = 11
_SIGMA = 1.5
_C1 = (0.01 * 255) ** 2
_C2 = (0.03 * 255) ** 2
# Places of one matrix product. The matrix of all places is nearly all zeros.
_STRIP = 64


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
    x, y = np.moveaxis(x, -1, 0), np.moveaxis(y, -1, 0)
    fields = np.stack([x, y, x * y, x * x + y * y])
    mean_x, mean_y, products, squares = _blurred(fields, window)
    product, square = mean_x * mean_y, mean_x**2 + mean_y**2
    covariance, variances = products - product, squares - square
    structure = (2 * covariance + _C2) / (variances + _C2)
    luminance = (2 * product + _C1) / (square + _C1)
    whole = (luminance * structure).mean((1, 2))
    return whole, structure.mean((1, 2))


def _window(size):
    size -= 1 - size % 2
    places = np.arange(size) - size // 2
    weights = np.exp(-(places**2) / (2 * _SIGMA**2))
    return tuple((weights / weights.sum()).tolist())


def _blurred(fields, window):
    """Filters `(..., height, width)` along width, then height."""
    rows = np.swapaxes(_along_width(fields, window), -1, -2)
    columns = _along_width(np.ascontiguousarray(rows), window)
    return np.swapaxes(columns, -1, -2)


def _along_width(fields, window):
    count = fields.shape[-1] - len(window) + 1
    flat = fields.reshape(-1, fields.shape[-1])
    result = np.empty((len(flat), count))
    band = _band(window)
    for start in range(0, count, _STRIP):
        places = min(_STRIP, count - start)
        reach = places + len(window) - 1
        np.matmul(
            flat[:, start : start + reach],
            band[:reach, :places],
            out=result[:, start : start + places],
        )
    return result.reshape(*fields.shape[:-1], count)


@functools.cache
def _band(window):
    """The filter as a matrix: a column for each place of a strip."""
    band = np.zeros((_STRIP + len(window) - 1, _STRIP))
    for place in range(_STRIP):
        band[place : place + len(window), place] = window
    return band
