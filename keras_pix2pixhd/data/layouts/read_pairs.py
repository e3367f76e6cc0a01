"""The folder layouts that `read_pairs` knows."""

import difflib
import types

from keras_pix2pixhd.data.files.file_system import as_path, one_line
from keras_pix2pixhd.data.layouts.flat import (
    FLAT_LAYOUTS,
    has_own_folders,
    read_own,
)
from keras_pix2pixhd.data.layouts.scenes import SCENE_LAYOUTS
from keras_pix2pixhd.data.layouts.streets import STREET_LAYOUTS

_SHOWN = 12

# By name, in the order in which they are tried.
LAYOUTS = types.MappingProxyType(FLAT_LAYOUTS | STREET_LAYOUTS | SCENE_LAYOUTS)


def read_pairs(folder, layout=None, unpaired="error", classes=None):
    """Pairs the files of a data set folder, recognising its layout.

    | layout | photographs | label maps | classes |
    |---|---|---|---|
    | `own` | `images/` | `labels/`, `masks/` | `classes.*` |
    | `carvana` | `train_images/`, `train/` | `train_masks/` | `CARVANA` |
    | | `images/` | `masks/` | |
    | `camvid32` | `701_StillsRaw_full/` | `LabeledApproved_full/` | `CAMVID` |
    | | `images/` | `labels/` | |
    | `camvid11` | `images/` | `labels/` | `CAMVID11` |
    | | `train/`, `val/` | `trainannot/`, `valannot/` | |
    | `nvidia` | `train_img/` | `train_label/` | `classes.*`, `CITYSCAPES` |
    | `nvidia-rgb` | `train_B/` | `train_A/` | none |
    | `cityscapes` | `leftImg8bit/SIDE/` | `gtFine/SIDE/` | `CITYSCAPES` |
    | `cityscapes19` | `leftImg8bit/SIDE/` | `gtFine/SIDE/` | `CITYSCAPES19` |
    | `ade20k` | `images/SIDE/` | `annotations/SIDE/` | `ADE20K` |
    | `coco-stuff` | `images/SIDE/` | `annotations/SIDE/` | `COCO_STUFF` |
    | | `SIDE/` | `stuffthingmaps_trainval2017/SIDE/` | |
    | `facades` | `SIDE/`, left half | `SIDE/`, right half | none |
    | `edges2shoes` | `SIDE/`, right half | `SIDE/`, left half | none |

    - Files pair by name without extension. Carvana's masks may end in
      `_mask`, the colours of CamVid in `_L`; scenes of `cityscapes`,
      `cityscapes19` and `nvidia` pair by `CITY_SEQ_FRAME`.
    - Instance maps are read from `instances/` (`own`), `train_inst/`
      (`nvidia`) and the `*_instanceIds` of `gtFine/`, if there are any; for
      those made of the label maps, ask with `Pairs.with_components`.
    - `classes.*` is one file `.json`, `.yaml`, `.yml` or `.csv`, see
      `ClassTable.load`. Without classes, label maps are read as RGB.
    - `SIDE` is what the data set calls its training and its validation part.
      The names of pairs then begin with `train/` or `val/`, which `split`
      goes by. Test parts are not read, but for side-by-side files without
      `val/`: see `read_side_by_side`.
    - Layouts are tried in this order. `cityscapes19` and `edges2shoes` must
      be asked for by name. CamVid is recognised by the names of its frames,
      `facades` if there are only `train/` and `val/` or `test/` with files
      twice as wide as high.

    For other layouts use `pair_folders` or `combine`.

    Args:
        folder: The folder of the data set.
        layout: One of the names above. Defaults to `None`: recognised.
        unpaired: `"error"` (default), or `"skip"` to leave files without a
            partner out and list them in `Pairs.unpaired`.
        classes: `ClassTable` or its file, for `images/` with `labels/` or
            `masks/`, in place of a table in the folder. Defaults to `None`.

    Returns:
        `Pairs`; their `layout` is the name of the layout.

    Raises:
        ValueError: If the folder does not exist or its layout is none of
            these, or its files do not pair up.
    """
    folder = as_path(folder)
    try:
        if not folder.is_dir():
            raise ValueError(
                "`folder` must be an existing folder. "
                f"Received: {one_line(folder)}"
            )
        name = _name(folder, layout, classes)
        pairs = _read(folder, name, unpaired, classes)
        pairs.layout = name
        return pairs
    except OSError as error:
        raise ValueError(
            "`folder` must be a folder that can be read. "
            f"Received: {one_line(folder)}: {one_line(error)}"
        ) from error


def _read(folder, name, unpaired, classes):
    if classes is not None:
        return read_own(folder, unpaired, classes)
    return LAYOUTS[name].read(folder, unpaired)


def _name(folder, layout, classes):
    """Returns the name of the layout, given or recognised."""
    if classes is not None:
        _check_own(folder, layout, classes)
        return "own"
    if layout is not None:
        _check_named(folder, layout)
        return layout
    for name, known in LAYOUTS.items():
        if known.is_sure and known.fits(folder) and known.is_sure(folder):
            return name
    known = "; ".join(f"{n}: {LAYOUTS[n].folders}" for n in LAYOUTS)
    raise ValueError(
        "The data folder must have a layout that is known. Received: "
        f"{one_line(folder)}, which holds {_content(folder)}. {_hint(folder)}"
        f"The layouts are: {known}. For others use `pair_folders` in Python."
    )


def _hint(folder):
    """What is probably meant, a sentence."""
    if (folder / "records.json").is_file():
        return "These are TFRecords, for `train` and `read_records`. "
    if has_own_folders(folder):
        maybe = [name for name in LAYOUTS if LAYOUTS[name].fits(folder)]
        named = f", or say `layout` ({', '.join(maybe)})" if maybe else ""
        return f"Add classes.csv, say `classes`{named}. "
    for path in sorted(folder.iterdir()):
        low = path.name.lower()
        if low in ("images", "labels", "masks") and low != path.name:
            return f"Call {one_line(path.name)}/ {low}/. "
    maybe = [name for name in LAYOUTS if LAYOUTS[name].fits(folder)]
    return f"If it is {' or '.join(maybe)}, say `layout`. " if maybe else ""


def _check_own(folder, layout, classes):
    if layout not in (None, "own"):
        raise ValueError(
            "A layout brings its own classes. Received: "
            f"layout={layout!r} and classes={str(classes)!r}. Leave one out."
        )
    if not has_own_folders(folder):
        raise ValueError(
            "With a class table, the folder must hold images/ and labels/ or "
            f"masks/. Received: {one_line(folder)}, which holds "
            f"{_content(folder)}. For others use `pair_folders` in Python."
        )


def _check_named(folder, name):
    if not isinstance(name, str) or name not in LAYOUTS:
        near = difflib.get_close_matches(str(name), LAYOUTS, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ValueError(
            f"`layout` must be one of {', '.join(LAYOUTS)}. "
            f"Received: layout={name!r}.{hint}"
        )
    layout = LAYOUTS[name]
    if not layout.fits(folder):
        raise ValueError(
            f"`folder` must have the layout {name!r}: {layout.folders}. "
            f"Received: {one_line(folder)}, which holds {_content(folder)}"
        )


def _content(folder):
    found = [
        one_line(path.name) + "/" * path.is_dir()
        for path in sorted(folder.iterdir())
    ]
    more = f" ... ({len(found)} in all)" if len(found) > _SHOWN else ""
    return (", ".join(found[:_SHOWN]) or "nothing") + more
