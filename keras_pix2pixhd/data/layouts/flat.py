"""Data sets of a folder of images and a folder of label maps."""

import re

from keras_pix2pixhd.data.files.file_header import read_header
from keras_pix2pixhd.data.image_datastore import ImageDatastore
from keras_pix2pixhd.data.layouts.layout import Layout
from keras_pix2pixhd.data.layouts.layout_files import (
    first_of,
    has,
    keep,
    side_key,
    stem,
    table_file,
)
from keras_pix2pixhd.data.layouts.pair_folders import pair_folders
from keras_pix2pixhd.data.pairing import combine
from keras_pix2pixhd.data.pixel_label_datastore import PixelLabelDatastore
from keras_pix2pixhd.data.tables.streets import CAMVID, CAMVID11, CARVANA

# Folders of images and masks with Carvana's classes, first match wins.
_CARVANA = (
    ("train_images", "train_masks"),
    ("train", "train_masks"),
    ("images", "masks"),
)
_OWN_LABELS = ("labels", "masks")
_CAMVID_IMAGES = ("701_StillsRaw_full", "images/701_StillsRaw_full", "images")
_CAMVID_LABELS = ("LabeledApproved_full", "labels")
# The five films of CamVid.
_CAMVID_FRAME = re.compile(r"(0001TP|0006R0|0016E5|Seq05VD)_f?\d{5,6}")


def has_own_folders(folder):
    """Whether there are `images/` and `labels/` or `masks/`."""
    return has(folder, "images") and bool(first_of(folder, _OWN_LABELS))


def read_own(folder, unpaired, classes=None):
    """Reads our own layout.

    Args:
        folder: The folder.
        unpaired: See `combine`.
        classes: `ClassTable` or its file. Defaults to `None`: the one in the
            folder.

    Returns:
        `Pairs`; where there are subfolders, names begin with them.
    """
    instances = folder / "instances"
    return pair_folders(
        folder / "images",
        first_of(folder, _OWN_LABELS),
        table_file(folder) if classes is None else classes,
        instances=instances if instances.is_dir() else None,
        key=_own_key,
        unpaired=unpaired,
        recursive=True,
    )


def _own_key(name):
    folder, slash, last = name.rpartition("/")
    return folder + slash + stem(last).removesuffix("_mask")


def _own_fits(folder):
    return has_own_folders(folder) and bool(table_file(folder))


def _carvana_folders(folder):
    found = (names for names in _CARVANA if has(folder, *names))
    return next(found, None)


def _read_carvana(folder, unpaired):
    images, masks = _carvana_folders(folder)
    return pair_folders(
        folder / images,
        folder / masks,
        CARVANA,
        key=_without("_mask"),
        unpaired=unpaired,
    )


def _camvid32_fits(folder):
    images = first_of(folder, _CAMVID_IMAGES)
    return bool(images and first_of(folder, _CAMVID_LABELS))


def _read_camvid32(folder, unpaired):
    return pair_folders(
        first_of(folder, _CAMVID_IMAGES),
        first_of(folder, _CAMVID_LABELS),
        CAMVID,
        key=_without("_L"),
        unpaired=unpaired,
    )


def _is_camvid32(folder):
    labels = first_of(folder, _CAMVID_LABELS)
    return not table_file(folder) and _are_camvid_frames(labels, "_L")


def _camvid11_fits(folder):
    return has(folder, "images", "labels") or has(folder, "train", "trainannot")


def _is_camvid11(folder):
    if has(folder, "train", "trainannot"):
        return _are_camvid_frames(folder / "trainannot")
    labels = folder / "labels"
    return not table_file(folder) and _are_camvid_frames(labels)


def _read_camvid11(folder, unpaired):
    if not has(folder, "train", "trainannot"):
        labels = folder / "labels"
        return pair_folders(
            folder / "images", labels, CAMVID11, unpaired=unpaired
        )
    sides = ["train", *["val"] * has(folder, "val", "valannot")]
    labels = PixelLabelDatastore(folder, CAMVID11, recursive=True)
    return combine(
        images=keep(ImageDatastore(folder, recursive=True), sides),
        labels=keep(labels, [f"{side}annot" for side in sides]),
        key=side_key(),
        unpaired=unpaired,
    )


def _are_camvid_frames(folder, ending=""):
    """Whether all files are frames of CamVid, with ids or with colours."""
    try:
        files = ImageDatastore(folder).files
        is_rgb = read_header(files[0]).mode.startswith("RGB")
    except ValueError:
        return False
    stems = [path.stem for path in files]
    return is_rgb == bool(ending) and all(
        name.endswith(ending)
        and _CAMVID_FRAME.fullmatch(name.removesuffix(ending))
        for name in stems
    )


def _without(ending):
    return lambda name: stem(name).removesuffix(ending)


FLAT_LAYOUTS = {
    "own": Layout(
        "images/ + labels/ [+ instances/] + classes.json, .yaml or .csv",
        _own_fits,
        read_own,
    ),
    "carvana": Layout(
        "images/ + masks/, train_images/ + train_masks/, or train/ + "
        "train_masks/",
        lambda folder: bool(_carvana_folders(folder)),
        _read_carvana,
    ),
    "camvid32": Layout(
        "701_StillsRaw_full/ + LabeledApproved_full/, or images/ + labels/",
        _camvid32_fits,
        _read_camvid32,
        _is_camvid32,
    ),
    "camvid11": Layout(
        "images/ + labels/, or train/ + trainannot/",
        _camvid11_fits,
        _read_camvid11,
        _is_camvid11,
    ),
}
