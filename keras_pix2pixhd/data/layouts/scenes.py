"""Data sets with an official split: ADE20K, COCO-Stuff, pix2pix's."""

from keras_pix2pixhd.data.image_datastore import ImageDatastore
from keras_pix2pixhd.data.layouts.layout import Layout
from keras_pix2pixhd.data.layouts.layout_files import (
    common_sides,
    first_of,
    has,
    keep,
    side_key,
)
from keras_pix2pixhd.data.layouts.side_by_side import (
    read_side_by_side,
    sides_of_files,
)
from keras_pix2pixhd.data.pairing import combine
from keras_pix2pixhd.data.pixel_label_datastore import PixelLabelDatastore
from keras_pix2pixhd.data.tables.ade20k import ADE20K
from keras_pix2pixhd.data.tables.coco_stuff import COCO_STUFF

_ADE20K_SIDES = ("training", "validation")
_COCO_SIDES = ("train2017", "val2017")
_COCO_LABELS = ("stuffthingmaps_trainval2017", "annotations")


def _ade20k_sides(folder):
    images, labels = folder / "images", folder / "annotations"
    return common_sides(images, labels, _ADE20K_SIDES)


def _read_ade20k(folder, unpaired):
    sides = _ade20k_sides(folder)
    images, labels = folder / "images", folder / "annotations"
    return _read_sides(images, labels, ADE20K, sides, unpaired)


def _coco_folders(folder):
    inside = folder / "images"
    images = inside if any(has(inside, s) for s in _COCO_SIDES) else folder
    return images, first_of(folder, _COCO_LABELS)


def _read_coco_stuff(folder, unpaired):
    images, labels = _coco_folders(folder)
    sides = common_sides(images, labels, _COCO_SIDES)
    return _read_sides(images, labels, COCO_STUFF, sides, unpaired)


def _read_sides(images, labels, class_table, sides, unpaired):
    label_store = PixelLabelDatastore(labels, class_table, recursive=True)
    return combine(
        images=keep(ImageDatastore(images, recursive=True), sides),
        labels=keep(label_store, sides),
        key=side_key(),
        unpaired=unpaired,
    )


def _is_side_by_side(folder):
    """Whether there is nothing but files of two squares in train/ and val/."""
    sides = sides_of_files(folder)
    folders = {path.name for path in folder.iterdir() if path.is_dir()}
    if len(sides) < 2 or not folders <= {"train", "val", "test"}:
        return False
    try:
        height, width = ImageDatastore(folder / "train").size(0)
    except ValueError:
        return False
    return width == 2 * height


def _read_halves(label):
    return lambda folder, unpaired: read_side_by_side(folder, label, unpaired)


SCENE_LAYOUTS = {
    "ade20k": Layout(
        "images/training/ + annotations/training/ [and of validation/]",
        lambda folder: bool(_ade20k_sides(folder)),
        _read_ade20k,
    ),
    "coco-stuff": Layout(
        "[images/]train2017/ + stuffthingmaps_trainval2017/train2017/ or "
        "annotations/train2017/ [and of val2017/]",
        lambda f: bool(common_sides(*_coco_folders(f), _COCO_SIDES)),
        _read_coco_stuff,
    ),
    "facades": Layout(
        "train/ + val/ or test/, photograph left and label right in each file",
        lambda folder: bool(sides_of_files(folder)),
        _read_halves("right"),
        _is_side_by_side,
    ),
    "edges2shoes": Layout(
        "train/ + val/ or test/, label left and photograph right in each file",
        lambda folder: bool(sides_of_files(folder)),
        _read_halves("left"),
        None,
    ),
}
