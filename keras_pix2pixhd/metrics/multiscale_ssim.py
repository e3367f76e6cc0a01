"""Structural similarity over several sizes of an image."""

import numpy as np

from keras_pix2pixhd.metrics.checked_images import checked_pair
from keras_pix2pixhd.metrics.ssim_terms import WINDOW, ssim_terms

# of Wang et al., the finest scale first
_WEIGHTS = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)


def ms_ssim(generated, real):
    """Multi-scale structural similarity.

    That of Wang et al.: contrast and structure at five sizes, each half of
    the one before, and luminance at the coarsest, to the powers 0.0448,
    0.2856, 0.3001, 0.2363 and 0.1333; each size as in `ssim`. Computed for
    each channel, then the mean over channels; negative terms count as 0.
    Equal to `tf.image.ssim_multiscale` with `max_val=255`: sizes are halved
    by the mean of 2x2 pixels, and the last row or column of an odd size
    counts twice.

    An image of less than 161 pixels in height or width becomes smaller than
    the 11-pixel window before its fifth size. Only the sizes that hold the
    window count then (the first always does), with powers scaled up to the
    same sum: a number of another kind, which `ms_ssim_key` names.

    Args:
        generated: `(batch, height, width, channels)` array in [0, 255].
        real: the same.

    Returns:
        NumPy array `(batch,)`, float64, in [0, 1]; 1 for equal images.

    Raises:
        ValueError: if the shapes differ or are not those, or a value is not
            finite or not in [0, 255].

    Reference:
        Wang, Simoncelli, Bovik: Multi-scale structural similarity for image
        quality assessment, Asilomar 2003.

    Example:

    >>> image = np.arange(40 * 40 * 3).reshape(1, 40, 40, 3) % 256
    >>> ms_ssim(image, image).round(6).tolist()
    [1.0]
    """
    generated, real = checked_pair(generated, real)
    scales = _scales(*generated.shape[1:3])
    pairs = zip(generated, real, strict=True)
    values = [_of_one(x, y, scales) for x, y in pairs]
    return np.array(values, "float64")


def ms_ssim_key(height, width):
    """Names `ms_ssim` of images of a size.

    Returns:
        `"ms_ssim"` where all five scales count, else for example
        `"ms_ssim_3_scales"`.

    Example:

    >>> ms_ssim_key(576, 768), ms_ssim_key(128, 176), ms_ssim_key(12, 12)
    ('ms_ssim', 'ms_ssim_4_scales', 'ms_ssim_1_scale')
    """
    scales = _scales(height, width)
    if scales == len(_WEIGHTS):
        return "ms_ssim"
    return f"ms_ssim_{scales}_scale{'s' * (scales > 1)}"


def _scales(height, width):
    side, scales = min(height, width), 1
    while scales < len(_WEIGHTS) and -(-side // 2) >= WINDOW:
        side, scales = -(-side // 2), scales + 1
    return scales


def _of_one(x, y, scales):
    powers = np.array(_WEIGHTS[:scales])
    if scales < len(_WEIGHTS):
        powers *= sum(_WEIGHTS) / powers.sum()
    product = 1.0
    for power in powers[:-1]:
        structure = ssim_terms(x, y)[1]
        product = product * np.maximum(structure, 0.0) ** power
        x, y = _halved(x), _halved(y)
    whole = ssim_terms(x, y)[0]
    product = product * np.maximum(whole, 0.0) ** powers[-1]
    return float(product.mean())


def _halved(image):
    height, width, channels = image.shape
    odd = ((0, height % 2), (0, width % 2), (0, 0))
    image = np.pad(image, odd, mode="symmetric")
    parts = image.reshape((height + 1) // 2, 2, (width + 1) // 2, 2, channels)
    return parts.mean((1, 3))
