"""Colour jitter of NumPy arrays, for pipelines without TensorFlow."""

import numpy as np

# ITU-R 601-2 luma, as torchvision and Pillow weigh the channels.
_GREY = np.array([0.299, 0.587, 0.114], "float32")


def jitter_array_colors(image, random, augmentation):
    """Changes the colours of an image at random, as `jitter_colors` does.

    Args:
        image: uint8 array `(H, W, 3)` in [0, 255].
        random: `numpy.random.Generator`.
        augmentation: An `Augmentation`.

    Returns:
        uint8 array `(H, W, 3)`; `image` itself if no colour is to change.
    """
    changes = (
        (augmentation.brightness, np.multiply, 1.0),
        (augmentation.contrast, _contrast, 1.0),
        (augmentation.saturation, _saturate, 1.0),
        (augmentation.hue, _turn_hue, 0.0),
    )
    if not any(spread for spread, _, _ in changes):
        return image
    colors = image.astype("float32")
    for spread, change, middle in changes:
        if spread:
            # Only a hue may be less than zero.
            low = max(middle - spread, 0.0) if middle else -spread
            drawn = np.float32(random.uniform(low, middle + spread))
            colors = np.clip(change(colors, drawn), 0, 255)
    return np.rint(colors).astype("uint8")


def _contrast(colors, factor):
    mean = _grey(colors).mean()
    return mean + (colors - mean) * factor


def _saturate(colors, factor):
    grey = _grey(colors)
    return grey + (colors - grey) * factor


def _turn_hue(colors, share):
    """Turns the hue; the largest and the smallest channel stay as large."""
    # Channels first, which is several times as fast.
    channels = np.ascontiguousarray(np.moveaxis(colors, -1, 0))
    value = channels.max(axis=0)
    chroma = value - channels.min(axis=0)
    hue = _hue(channels, value, chroma) + 6 * share
    turned = [value - chroma * _depth(hue + third) for third in (5.0, 3.0, 1.0)]
    return np.stack(turned, axis=-1)


def _hue(channels, value, chroma):
    """The hue in sixths of the circle, from red over green to blue."""
    red, green, blue = channels
    width = np.where(chroma > 0, chroma, 1)
    return np.where(
        value == red,
        (green - blue) / width,
        np.where(
            value == green, 2 + (blue - red) / width, 4 + (red - green) / width
        ),
    )


def _depth(place):
    """How much of the chroma a channel lacks: a trapezium on the circle."""
    place = place - 6 * np.floor(place / 6)
    return np.clip(np.minimum(place, 4 - place), 0, 1)


def _grey(colors):
    return (colors @ _GREY)[..., None]
