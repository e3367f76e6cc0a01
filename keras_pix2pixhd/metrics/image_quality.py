"""Image quality, one number for each image of a batch."""

import numpy as np

from keras_pix2pixhd.metrics.checked_images import checked_pair
from keras_pix2pixhd.metrics.ssim_terms import ssim_terms


def l1(generated, real):
    """Mean absolute difference.

    Args:
        generated: `(batch, height, width, channels)` array in [0, 255].
        real: the same.

    Returns:
        NumPy array `(batch,)`, float64, in grey levels, [0, 255].

    Raises:
        ValueError: if the shapes differ or are not those, or a value is not
            finite or not in [0, 255].

    Example:

    >>> black, grey = np.zeros((2, 4, 4, 3)), np.full((2, 4, 4, 3), 51)
    >>> l1(grey, black).tolist()
    [51.0, 51.0]
    """
    generated, real = checked_pair(generated, real)
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
        ValueError: if the shapes differ or are not those, or a value is not
            finite or not in [0, 255].

    Example:

    >>> black, grey = np.zeros((1, 4, 4, 3)), np.full((1, 4, 4, 3), 25.5)
    >>> psnr(grey, black).round(6).tolist()
    [20.0]
    """
    generated, real = checked_pair(generated, real)
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
    largest odd size that fits, with the same sigma: a number of another kind,
    to compare at the same size only.

    Args:
        generated: `(batch, height, width, channels)` array in [0, 255].
        real: the same.

    Returns:
        NumPy array `(batch,)`, float64, in [-1, 1]; 1 for equal images.

    Raises:
        ValueError: if the shapes differ or are not those, or a value is not
            finite or not in [0, 255].

    Reference:
        Wang, Bovik, Sheikh, Simoncelli: Image Quality Assessment: From Error
        Visibility to Structural Similarity, IEEE TIP 13(4), 2004.

    Example:

    >>> image = np.arange(16 * 16 * 3).reshape(1, 16, 16, 3) % 256
    >>> ssim(image, image).round(6).tolist()
    [1.0]
    """
    generated, real = checked_pair(generated, real)
    pairs = zip(generated, real, strict=True)
    values = [ssim_terms(x, y)[0].mean() for x, y in pairs]
    return np.array(values, "float64")
