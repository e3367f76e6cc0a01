"""What images must be before a feature network sees them."""

import numpy as np


def checked_pixels(images):
    """Returns images as uint8.

    Args:
        images: `(batch, height, width, 3)` array, uint8 or finite floats in
            [0, 255], which are rounded.

    Returns:
        NumPy array of that shape, uint8.

    Raises:
        ValueError: if the images are anything else.
    """
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[-1] != 3 or 0 in images.shape[1:]:
        raise ValueError(
            "Images must be (batch, height, width, 3). Received: "
            f"shape={images.shape}"
        )
    if images.dtype == np.uint8:
        return images
    if images.dtype.kind not in "fiu":
        raise ValueError(
            "Images must be uint8 or floats in [0, 255]. Received: dtype="
            f"{images.dtype}"
        )
    if not np.isfinite(images).all():
        raise ValueError(
            "Images must be finite. Received: NaN or infinity among the pixels"
        )
    low, high = images.min(initial=255), images.max(initial=0)
    if low < 0 or high > 255:
        raise ValueError(
            "Images must be in [0, 255]. Received: values from "
            f"{low} to {high}. Turn [-1, 1] into pixels with (x + 1) * 127.5."
        )
    return np.rint(images).astype("uint8")
