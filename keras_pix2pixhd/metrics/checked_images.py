"""What the metrics refuse of generated and real images."""

import numpy as np


def checked_pair(generated, real):
    """Returns generated and real images as float64, checked.

    Args:
        generated: `(batch, height, width, channels)` array, uint8 or floats
            in [0, 255].
        real: the same, of the same shape.

    Raises:
        ValueError: if there are more of one than of the other, the shapes
            differ or are not those, or the values are not those: see
            `checked_levels`.
    """
    levels = _checked_both(generated, real)
    return tuple(images.astype("float64") for images in levels)


def checked_pixel_pair(generated, real):
    """`checked_pair`, rounded to uint8: see `to_pixels`."""
    return tuple(map(to_pixels, _checked_both(generated, real)))


def to_pixels(images):
    """Returns checked images as uint8, rounded to the nearest level.

    A half goes up, as in `models.to_uint8`.
    """
    images = np.asarray(images)
    if images.dtype == np.uint8:
        return images
    return np.floor(images + 0.5).astype("uint8")


def checked_levels(images, name):
    """Returns images as an array of grey levels, checked.

    Args:
        images: array of four dimensions, uint8 or other numbers in [0, 255].
        name: str, what an error calls them.

    Raises:
        ValueError: if a value is no number, not finite or not in [0, 255];
            or all are in [0, 1] and not the same: then they are floats of
            another range.
    """
    images = np.asarray(images)
    if images.dtype == np.uint8:
        return images
    if images.dtype.kind not in "fiu":
        raise ValueError(
            f"{name} must be uint8 or floats in [0, 255]. Received: dtype="
            f"{images.dtype}"
        )
    if not images.size:
        return images
    finite = np.isfinite(images).all((1, 2, 3))
    if not finite.all():
        raise ValueError(
            f"{name} must be finite. Received: NaN or infinity in the image "
            f"at index {int(np.argmin(finite))} of the batch. A generator "
            "that paints NaN has diverged: take an earlier model."
        )
    low, high = images.min(), images.max()
    if low < 0 or high > 255:
        raise ValueError(
            f"{name} must be in [0, 255]. Received: values in [{low:g}, "
            f"{high:g}]. From [-1, 1]: models.to_uint8(images)."
        )
    if images.dtype.kind == "f" and low < high <= 1:
        raise ValueError(
            f"{name} must be in [0, 255]. Received: floats in [{low:g}, "
            f"{high:g}], which look like [0, 1]. From [0, 1]: images * 255. "
            'Photographs that are so dark: images.astype("uint8").'
        )
    return images


def _checked_both(generated, real):
    generated, real = np.asarray(generated), np.asarray(real)
    shapes = f"generated.shape={generated.shape}, real.shape={real.shape}"
    if generated.ndim == real.ndim == 4 and len(generated) != len(real):
        raise ValueError(
            "There must be as many generated as real images. Received: "
            f"{len(generated)} generated and {len(real)} real ones, {shapes}. "
            "Give each real image the one that is generated from its label "
            "map."
        )
    fits = generated.ndim == 4 and generated.shape == real.shape
    if not fits or 0 in generated.shape[1:]:
        raise ValueError(
            "generated and real must both be (batch, height, width, "
            f"channels), of the same shape. Received: {shapes}"
        )
    return checked_levels(generated, "generated"), checked_levels(real, "real")
