"""How large a pair becomes before it is cropped, by the name of the mode."""

import numpy as np

from keras_pix2pixhd.data.resizing import checked_size

RESIZE_MODES = (
    "resize",
    "resize_and_crop",
    "crop",
    "scale_width",
    "scale_width_and_crop",
    "scale_shortside",
    "scale_shortside_and_crop",
    "none",
    "none_32",
)
_MULTIPLES = {"none": 16, "none_32": 32}


def plan(mode, size, image_size, load_size=None):
    """Returns the size that a pair is resized to, before any crop.

    Args:
        mode: One of `RESIZE_MODES`; see `Pairs.to_dataset`.
        size: `(height, width)` of the files; or an array `(..., 2)` of such.
        image_size: `(height, width)` of the batch, or `None`.
        load_size: `(height, width)` to resize to where that is not
            `image_size`. Defaults to `None`.

    Returns:
        NumPy array of integers, `(height, width)`, shaped like `size`.

    Raises:
        ValueError: If the mode is unknown, lacks a size, or has one that it
            does not use.
    """
    image_size, load_size = checked_sizes(mode, image_size, load_size)
    size = np.asarray(size, "int64")
    target = load_size or image_size
    if mode in _MULTIPLES:
        base = _MULTIPLES[mode]
        # halves go to the even multiple, as in the reference
        return np.maximum(np.round(size / base).astype("int64"), 1) * base
    if mode == "crop" or target is None:
        return size
    if mode.startswith("resize"):
        return np.broadcast_to(np.asarray(target, "int64"), size.shape)
    height, width = np.moveaxis(size, -1, 0)
    if mode.startswith("scale_width"):
        wanted, side = target[1], width
    else:
        wanted, side = min(target), np.minimum(height, width)
    high, wide = height * wanted // side, width * wanted // side
    return np.maximum(np.stack([high, wide], axis=-1), 1)


def crops(mode):
    """Whether a mode ends with a crop to `image_size`."""
    return mode.endswith("crop")


def checked_sizes(mode, image_size, load_size):
    """Returns both sizes as pairs of integers, or `None`."""
    if mode not in RESIZE_MODES:
        raise ValueError(
            f"`resize_mode` must be one of {', '.join(RESIZE_MODES)}. "
            f"Received: resize_mode={mode!r}"
        )
    image_size = checked_size(image_size)
    load_size = checked_size(load_size, "load_size")
    if mode.startswith("scale") and not (load_size or image_size):
        raise ValueError(
            f"resize_mode={mode!r} needs load_size=(height, width) or "
            "image_size. Received: neither"
        )
    if crops(mode) and not image_size:
        raise ValueError(
            f"resize_mode={mode!r} crops to image_size=(height, width). "
            "Received: image_size=None"
        )
    used = mode.startswith("scale") or mode == "resize_and_crop"
    if load_size and not used:
        raise ValueError(
            "`load_size` is what the modes resize_and_crop and scale_... "
            f"resize to. Received: load_size={load_size} with "
            f"resize_mode={mode!r}. Leave it out, or take another mode."
        )
    return image_size, load_size


def check_crop(mode, sizes, image_size, names):
    """Refuses pairs that are smaller than what is cropped from them.

    Args:
        sizes: Array `(count, 2)`, what `plan` returned.
        names: What the pairs are called.
    """
    if not crops(mode):
        return
    small = np.flatnonzero((np.asarray(sizes) < image_size).any(axis=1))
    if small.size:
        place = int(small[0])
        raise ValueError(
            "What is cropped must be at least as large as the crop. Received: "
            f"image_size={tuple(image_size)} with resize_mode={mode!r}, and "
            f"{small.size} pair{'s' * (small.size != 1)} that would be "
            f"smaller, such as {names[place]!r} with (height, width) "
            f"{tuple(map(int, sizes[place]))}. Make image_size smaller, or "
            "load_size larger, or take a mode that resizes."
        )
