"""What images must be before a feature network sees them."""

import numpy as np

from keras_pix2pixhd.metrics.checked_images import checked_levels, to_pixels


def checked_pixels(images):
    """Returns images as uint8.

    Args:
        images: `(batch, height, width, 3)` array, uint8 or finite floats in
            [0, 255], which are rounded as everywhere in the metrics.

    Returns:
        NumPy array of that shape, uint8.

    Raises:
        ValueError: if the images are anything else, floats in [0, 1] for
            example.
    """
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[-1] != 3 or 0 in images.shape[1:]:
        raise ValueError(
            "Images must be (batch, height, width, 3). Received: "
            f"shape={images.shape}"
        )
    return to_pixels(checked_levels(images, "Images"))
