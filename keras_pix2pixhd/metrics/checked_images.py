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
            differ or are not those, or a value is not finite or not in
            [0, 255].
    """
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
    generated = _checked_levels(generated, "generated")
    return generated, _checked_levels(real, "real")


def to_pixels(images):
    """Returns checked images as uint8, rounded to the nearest level."""
    images = np.asarray(images)
    if images.dtype == np.uint8:
        return images
    return np.floor(np.clip(images, 0, 255) + 0.5).astype("uint8")


def _checked_levels(images, name):
    levels = images.astype("float64")
    if images.dtype == np.uint8 or not levels.size:
        return levels
    finite = np.isfinite(levels).all((1, 2, 3))
    if not finite.all():
        raise ValueError(
            f"{name} must be finite. Received: NaN or infinity in the image "
            f"at index {int(np.argmin(finite))} of the batch. A generator "
            "that paints NaN has diverged: take an earlier model."
        )
    low, high = levels.min(), levels.max()
    if low < -0.5 or high > 255.5:
        raise ValueError(
            f"{name} must be in [0, 255]. Received: values in [{low:g}, "
            f"{high:g}]. From [-1, 1]: models.to_uint8(images)."
        )
    return levels
