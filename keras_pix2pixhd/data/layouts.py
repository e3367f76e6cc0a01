"""The folder layouts that `read_pairs` knows."""

import pathlib

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.image_datastore import ImageDatastore
from keras_pix2pixhd.data.instance_datastore import InstanceDatastore
from keras_pix2pixhd.data.pairing import combine
from keras_pix2pixhd.data.pixel_label_datastore import PixelLabelDatastore
from keras_pix2pixhd.data.tables import CARVANA

# Folders of images and masks with Carvana's classes, first match wins.
_CARVANA_LAYOUTS = (
    ("train_images", "train_masks"),
    ("train", "train_masks"),
    ("images", "masks"),
)

_KNOWN = (
    "images/ + labels/ [+ instances/] + classes.json as ClassTable.save "
    "writes it; or, with Carvana's classes and masks named as their images, "
    "with or without _mask: images/ + masks/, train_images/ + train_masks/, "
    "train/ + train_masks/"
)


def read_pairs(folder):
    """Pairs the files of a data set folder, recognising its layout.

    | folders | classes | masks |
    |---|---|---|
    | `images/`, `labels/`, maybe `instances/` | `classes.json` | same name |
    | `images/`, `masks/` | Carvana | `NAME_mask.*` or `NAME.*` |
    | `train_images/`, `train_masks/` | Carvana | `NAME_mask.*` or `NAME.*` |
    | `train/`, `train_masks/` | Carvana | `NAME_mask.*` or `NAME.*` |

    For other layouts use `combine`. Instances are read from `instances/` only;
    for those made of the label maps, ask with `Pairs.with_components`.

    Args:
        folder: The folder of the data set.

    Returns:
        `Pairs`.

    Raises:
        ValueError: If the folder does not exist or its layout is none of
            these, or its files do not pair up.
    """
    folder = pathlib.Path(folder)
    if not folder.is_dir():
        raise ValueError(
            f"`folder` must be an existing folder. Received: {folder}"
        )
    if (folder / "classes.json").is_file() and _has(folder, "images", "labels"):
        return _own_layout(folder)
    for images, masks in _CARVANA_LAYOUTS:
        if _has(folder, images, masks):
            return combine(
                images=ImageDatastore(folder / images),
                labels=PixelLabelDatastore(folder / masks, CARVANA),
                key=_without_mask,
            )
    found = [p.name + "/" * p.is_dir() for p in sorted(folder.iterdir())]
    more = f" ... ({len(found)} in all)" if len(found) > 12 else ""
    raise ValueError(
        f"`folder` must have one of these layouts: {_KNOWN}. "
        f"Received: {folder}, which holds "
        f"{', '.join(found[:12]) or 'nothing'}{more}. Arrange the files like "
        "that, or use `combine` in Python."
    )


def _own_layout(folder):
    table = ClassTable.load(folder / "classes.json")
    instances = None
    if _has(folder, "instances"):
        instances = InstanceDatastore(folder / "instances")
    return combine(
        images=ImageDatastore(folder / "images"),
        labels=PixelLabelDatastore(folder / "labels", table),
        instances=instances,
    )


def _has(folder, *names):
    return all((folder / name).is_dir() for name in names)


def _without_mask(name):
    return pathlib.PurePath(name).stem.removesuffix("_mask")
