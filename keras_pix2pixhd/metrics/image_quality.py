"""Image quality, one number for each image of a batch."""

import numpy as np

_WINDOW = 11
_SIGMA = 1.5
_C1 = (0.01 * 255) ** 2
_C2 = (0.03 * 255) ** 2


def l1(generated, real):
    """Mean absolute difference.

    Args:
        generated: `(batch, height, width, channels)` array in [0, 255].
        real: the same.

    Returns:
        NumPy array `(batch,)`, float64, in grey levels, [0, 255].

    Raises:
        ValueError: if the shapes differ or are not those.

    Example:

    >>> black, grey = np.zeros((2, 4, 4, 3)), np.full((2, 4, 4, 3), 51)
    >>> l1(grey, black).tolist()
    [51.0, 51.0]
    """
    generated, real = _checked(generated, real)
    return np.abs(generated - real).mean((1, 2, 3))


def psnr(generated, real):
    """Peak signal-to-noise ratio, `10 log10(255^2 / MSE)`.

    Args:
        generated: `(batch, height, width, channels)` array in [0, 255].
        real: the same.

    Returns:
        NumPy array `(batch,)`, float64, in decibels; infinite where the two
        images are equal.

    Raises:
        ValueError: if the shapes differ or are not those.

    Example:

    >>> black, grey = np.zeros((1, 4, 4, 3)), np.full((1, 4, 4, 3), 25.5)
    >>> psnr(grey, black).round(6).tolist()
    [20.0]
    """
    generated, real = _checked(generated, real)
    error = np.square(generated - real).mean((1, 2, 3))
    with np.errstate(divide="ignore"):
        return 10.0 * np.log10(255.0**2 / error)


def ssim(generated, real):
    """Structural similarity.

    That of Wang et al.: Gaussian window of 11x11 pixels, sigma 1.5, only
    where it lies whole inside the image, K1 = 0.01, K2 = 0.03, dynamic range
    255, computed for each channel in float64, then the mean over positions
    and channels. Equal to `tf.image.ssim` and `keras.ops.image.ssim` with
    `max_val=255`, and to the authors' `ssim_index.m` on each channel; there
    is no downscaling before.

    Where an image is smaller than the window, the window is as large as the
    largest odd size that fits, with the same sigma.

    Args:
        generated: `(batch, height, width, channels)` array in [0, 255].
        real: the same.

    Returns:
        NumPy array `(batch,)`, float64, in [-1, 1]; 1 for equal images.

    Raises:
        ValueError: if the shapes differ or are not those.

    Reference:
        Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment: From Error
        Visibility to Structural Similarity, IEEE TIP 13(4), 2004.

    Example:

    >>> image = np.arange(16 * 16 * 3).reshape(1, 16, 16, 3) % 256
    >>> ssim(image, image).round(6).tolist()
    [1.0]
    """
    generated, real = _checked(generated, real)
    pairs = zip(generated, real, strict=True)
    return np.array([_ssim_of_one(x, y) for x, y in pairs], "float64")


def _ssim_of_one(x, y):
    window = _window(min(_WINDOW, *x.shape[:2]))
    mean_x, mean_y = _blurred(x, window), _blurred(y, window)
    product, squares = mean_x * mean_y, mean_x**2 + mean_y**2
    covariance = _blurred(x * y, window) - product
    variances = _blurred(x * x + y * y, window) - squares
    numerator = (2 * product + _C1) * (2 * covariance + _C2)
    return (numerator / ((squares + _C1) * (variances + _C2))).mean()


def _window(size):
    size -= 1 - size % 2
    places = np.arange(size) - size // 2
    weights = np.exp(-(places**2) / (2 * _SIGMA**2))
    return weights / weights.sum()


def _blurred(x, window):
    """Filters `(height, width, channels)` along height and width."""
    for axis in (0, 1):
        count = x.shape[axis] - len(window) + 1
        x = sum(
            weight * x.take(range(start, start + count), axis)
            for start, weight in enumerate(window)
        )
    return x


def _checked(generated, real):
    arrays = [np.asarray(a).astype("float64") for a in (generated, real)]
    shapes = [array.shape for array in arrays]
    if shapes[0] != shapes[1] or len(shapes[0]) != 4 or 0 in shapes[0][1:]:
        raise ValueError(
            "generated and real must both be (batch, height, width, "
            "channels), of the same shape. Received: "
            f"generated.shape={shapes[0]}, real.shape={shapes[1]}"
        )
    return arrays
