"""What a `Pix2PixHDGAN` refuses of a batch."""

import keras
import numpy as np


def check_image(batch):
    """Refuses a batch to train on that has no image."""
    if "image" not in batch:
        raise ValueError(
            "A batch to train or evaluate on must have the key 'image', "
            "(batch, height, width, 3) in [-1, 1] or, of uint8, in [0, 255]. "
            "Received a batch with the "
            f"keys {sorted(batch)}."
        )
    shape = tuple(batch["image"].shape)
    dtype = keras.backend.standardize_dtype(batch["image"].dtype)
    known = "float" in dtype or dtype == "uint8"
    if len(shape) != 4 or shape[-1] != 3 or not known:
        raise ValueError(
            "image must be (batch, height, width, 3) floats in [-1, 1], or "
            f"uint8 in [0, 255]. Received: shape={shape}, dtype={dtype}. "
            'Pixels of another type: image.astype("uint8").'
        )
    label = tuple(batch["label"].shape) if "label" in batch else shape
    known = [
        pair
        for pair in zip(shape[:3], label[:3], strict=False)
        if None not in pair
    ]
    if any(a != b for a, b in known):
        raise ValueError(
            "image and label must have the same batch, height and width. "
            f"Received: image.shape={shape}, label.shape={label}"
        )


def check_range(images, what):
    """Refuses NumPy images that are not in [-1, 1], such as pixels."""
    low, high = float(images.min(initial=0)), float(images.max(initial=0))
    if not (-1.01 <= low and high <= 1.01):  # bicubic filters round a little
        raise ValueError(
            f"{what} must be in [-1, 1]. Received: values in [{low:g}, "
            f"{high:g}]. From pixels in [0, 255]: image / 127.5 - 1."
        )


def checked_label(label):
    """Returns the NumPy label maps to paint, in one dtype for each rank."""
    if label.ndim not in (3, 4) or 0 in label.shape:
        raise ValueError(
            "label must be (batch, height, width), none of them 0. Received: "
            f"shape={label.shape}. A single map goes in as label[None]."
        )
    if label.ndim == 4:
        check_range(label, "label of (batch, height, width, channels)")
        return label.astype("float32")
    whole = label.dtype.kind in "iu"
    if not whole or label.min() < 0 or label.max() >= 2**31:
        raise ValueError(
            "label must be integer class indices of at least 0. Received: "
            f"dtype={label.dtype}, values in [{label.min()}, {label.max()}]. "
            "Void is any index from the number of classes on, 255 by custom."
        )
    return label.astype("int32")


def checked_condition(label, channels):
    """Returns the NumPy images that a model without classes paints from."""
    fits = label.ndim == 4 and label.shape[-1] == channels
    if not fits or 0 in label.shape or label.dtype.kind not in "fu":
        raise ValueError(
            "label of a model without classes must be (batch, height, width, "
            f"{channels}), none of them 0, uint8 in [0, 255] or floats in "
            f"[-1, 1]. Received: shape={label.shape}, dtype={label.dtype}. A "
            "single image goes in as label[None]."
        )
    if label.dtype == np.uint8:
        return label
    check_range(label, "label")
    return label.astype("float32")


def checked_instance(instance, like, name="instance"):
    """Returns the NumPy ids, `(batch, height, width)` int32, of `like`."""
    instance = np.asarray(instance)
    whole = instance.dtype.kind in "iu"
    if (
        whole
        and instance.size
        and not (-(2**31) <= instance.min() and instance.max() < 2**31)
    ):
        raise ValueError(
            f"{name} must have ids of 32 bits. Received: values in "
            f"[{instance.min()}, {instance.max()}]. Number them anew: "
            "numpy.unique(instance, return_inverse=True)."
        )
    if not whole or instance.shape != like.shape[:3]:
        raise ValueError(
            f"{name} must be (batch, height, width) integers, here of shape "
            f"{like.shape[:3]}. Received: shape={instance.shape}, "
            f"dtype={instance.dtype}"
        )
    return instance.astype("int32")


def checked_painting(images):
    """Returns what a generator painted, as a NumPy array.

    Raises:
        ValueError: if it is not finite: as pixels it would be black.
    """
    images = keras.ops.convert_to_numpy(images)
    if not np.isfinite(images).all():
        raise ValueError(
            "A generator must paint finite numbers. Received: NaN or "
            "infinity: its training has diverged. Load a model from before."
        )
    return images
