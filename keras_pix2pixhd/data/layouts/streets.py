"""Street scenes: Cityscapes, and the folders of the reference."""

import re

from keras_pix2pixhd.data.image_datastore import ImageDatastore
from keras_pix2pixhd.data.instance_datastore import InstanceDatastore
from keras_pix2pixhd.data.layouts.layout import Layout
from keras_pix2pixhd.data.layouts.layout_files import (
    common_sides,
    has,
    keep,
    side_key,
    stem,
    table_file,
)
from keras_pix2pixhd.data.layouts.pair_folders import pair_folders
from keras_pix2pixhd.data.pairing import combine
from keras_pix2pixhd.data.pixel_label_datastore import PixelLabelDatastore
from keras_pix2pixhd.data.tables.streets import CITYSCAPES, CITYSCAPES19

_SCENE = re.compile(r"([^_]+_\d{6}_\d{6})_.+")
_SIDES = ("train", "val")


def scene_of(name):
    """Returns CITY_SEQ_FRAME of a file of Cityscapes, else the stem.

    >>> scene_of("train/jena/jena_000001_000019_gtFine_labelIds.png")
    'jena_000001_000019'
    >>> scene_of("0007.png")
    '0007'
    """
    match = _SCENE.fullmatch(stem(name))
    return match[1] if match else stem(name)


def _cityscapes_sides(folder):
    images, labels = folder / "leftImg8bit", folder / "gtFine"
    return common_sides(images, labels, _SIDES)


def _cityscapes(class_table, ending):
    def read(folder, unpaired):
        sides = _cityscapes_sides(folder)
        images = ImageDatastore(folder / "leftImg8bit", recursive=True)
        truth = folder / "gtFine"
        labels = PixelLabelDatastore(truth, class_table, recursive=True)
        instances = InstanceDatastore(truth, recursive=True)
        has_instances = any(
            stem(name).endswith("_instanceIds") for name in instances.names
        )
        return combine(
            images=keep(images, sides, "_leftImg8bit"),
            labels=keep(labels, sides, ending),
            instances=keep(instances, sides, "_instanceIds")
            if has_instances
            else None,
            key=side_key(scene_of),
            unpaired=unpaired,
        )

    return read


def _read_nvidia(folder, unpaired):
    has_instances = has(folder, "train_inst")
    return pair_folders(
        folder / "train_img",
        folder / "train_label",
        table_file(folder) or CITYSCAPES,
        instances=folder / "train_inst" if has_instances else None,
        key=scene_of,
        unpaired=unpaired,
    )


def _read_nvidia_rgb(folder, unpaired):
    return pair_folders(
        folder / "train_B", folder / "train_A", None, unpaired=unpaired
    )


STREET_LAYOUTS = {
    "nvidia": Layout(
        "train_img/ + train_label/ [+ train_inst/]",
        lambda folder: has(folder, "train_img", "train_label"),
        _read_nvidia,
    ),
    "nvidia-rgb": Layout(
        "train_A/ + train_B/",
        lambda folder: has(folder, "train_A", "train_B"),
        _read_nvidia_rgb,
    ),
    "cityscapes": Layout(
        "leftImg8bit/train/ + gtFine/train/ [and the same of val/]",
        lambda folder: bool(_cityscapes_sides(folder)),
        _cityscapes(CITYSCAPES, "_labelIds"),
    ),
    "cityscapes19": Layout(
        "leftImg8bit/train/ + gtFine/train/ [and the same of val/]",
        lambda folder: bool(_cityscapes_sides(folder)),
        _cityscapes(CITYSCAPES19, "_labelTrainIds"),
        None,
    ),
}
