"""What label map files hold: ids, colours, one-hot vectors, masks."""

import numpy as np

from keras_pix2pixhd.data.files.array_file import read_array
from keras_pix2pixhd.data.files.file_system import shown
from keras_pix2pixhd.data.files.image_file import open_image
from keras_pix2pixhd.data.image_datastore import read_image

ID_MODES = ("1", "L", "P", "I", "I;16", "I;16L", "I;16B", "I;16N")

_SAMPLE_FORMAT = 339
_UNSIGNED = 1


def ids_of(image):
    """Returns the ids of an image in one of `ID_MODES`, an array `(H, W)`."""
    ids = np.asarray(image)
    if ids.dtype == bool:
        return ids.astype("uint8")
    if image.mode == "I" and image.format == "TIFF":
        # Pillow keeps unsigned 32 bits as signed ones.
        if image.tag_v2.get(_SAMPLE_FORMAT, (_UNSIGNED,))[0] == _UNSIGNED:
            return ids.view("uint32")
    return ids


def read_ids_or_colors(path, class_table):
    """Reads an image file of ids or colours; see `read_label`."""
    image = open_image(path, as_stored=True)
    source = shown(path)
    if image.mode in ID_MODES:
        return class_table.ids_to_indices(ids_of(image), source)
    if image.mode not in ("RGB", "RGBA", "LA", "PA"):
        raise ValueError(
            f"{source} must hold integer ids or RGB colours. Received: mode "
            f"{image.mode!r}. Save it as PNG."
        )
    rgb = np.asarray(image.convert("RGB"))
    try:
        return class_table.colors_to_indices(rgb, source)
    except ValueError:
        if (rgb == rgb[..., :1]).all():
            return class_table.ids_to_indices(rgb[..., 0], source)
        raise


def read_one_hot_or_ids(path, class_table):
    """Reads a `.npy` file of ids or one-hot vectors; see `read_label`."""
    array = read_array(path)
    if array.ndim == 2:
        return class_table.ids_to_indices(integers(path, array), shown(path))
    classes = array.shape[-1]
    if classes != len(class_table):
        raise ValueError(
            f"One-hot vectors must have a channel per class, "
            f"{len(class_table)} here. Received: {shown(path)} of shape "
            f"{array.shape}"
        )
    ones = array == 1
    others = int((~ones & (array != 0)).any(axis=-1).sum())
    if others:
        raise ValueError(
            f"One-hot vectors must be of zeros and ones. Received: "
            f"{shown(path)} with other values in {others} of "
            f"{ones[..., 0].size} pixels. Save np.eye(classes)[indices], or "
            "the indices as integers of shape (H, W)."
        )
    counts = ones.sum(axis=-1)
    many = int((counts > 1).sum())
    if many:
        raise ValueError(
            "One-hot vectors must have at most a single one. Received: "
            f"{shown(path)} with {many} of {counts.size} pixels of several "
            "classes"
        )
    indices = np.where(counts == 1, ones.argmax(-1), class_table.void_index)
    return indices.astype(class_table.dtype)


def integers(path, array):
    """Returns a `(H, W)` array of bools or integers as integers."""
    if array.ndim != 2 or array.dtype.kind not in "biu":
        raise ValueError(
            f"{shown(path)} must hold integers of shape (H, W). Received: "
            f"dtype={array.dtype}, shape={array.shape}"
        )
    return array.astype("uint8") if array.dtype == bool else array


def read_grey(path):
    """Reads an image file as grey levels, uint8 `(H, W)` in [0, 255].

    Of colours the luma of ITU-R 601; transparent pixels are black.
    """
    if str(path).lower().endswith(".npy"):
        raise ValueError(
            "A threshold is for image files; arrays hold ids or one-hot "
            f"vectors. Received: {shown(path)}. Save the mask as PNG, or "
            "array >= threshold as integers without a threshold."
        )
    rgb = read_image(path, background=(0, 0, 0)).astype("uint32")
    # 299 + 587 + 114 are 1000: grey stays exactly what it is.
    return (rgb @ np.array([299, 587, 114], "uint32") + 500) // 1000
