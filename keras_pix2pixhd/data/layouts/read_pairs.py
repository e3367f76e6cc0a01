"""The folder layouts that `read_pairs` knows."""

import difflib
import types

from keras_pix2pixhd.data.files.file_system import as_path, one_line
from keras_pix2pixhd.data.layouts.flat import FLAT_LAYOUTS
from keras_pix2pixhd.data.layouts.scenes import SCENE_LAYOUTS
from keras_pix2pixhd.data.layouts.streets import STREET_LAYOUTS

_SHOWN = 12

# By name, in the order in which they are tried.
LAYOUTS = types.MappingProxyType(FLAT_LAYOUTS | STREET_LAYOUTS | SCENE_LAYOUTS)


def read_pairs(folder, layout=None, unpaired="error"):
    """Pairs the files of a data set folder, recognising its layout.

    | layout | photographs | label maps | classes |
    |---|---|---|---|
    | `own` | `images/` | `labels/` | `classes.*` |
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

    Returns:
        `Pairs`.

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
        chosen = _named(folder, layout) if layout else _recognised(folder)
        return chosen.read(folder, unpaired)
    except OSError as error:
        raise ValueError(
            "`folder` must be a folder that can be read. "
            f"Received: {one_line(folder)}: {one_line(error)}"
        ) from error


def _recognised(folder):
    for layout in LAYOUTS.values():
        if layout.is_sure and layout.fits(folder) and layout.is_sure(folder):
            return layout
    known = "; ".join(
        f"{name}: {layout.folders}" for name, layout in LAYOUTS.items()
    )
    maybe = [name for name in LAYOUTS if LAYOUTS[name].fits(folder)]
    hint = ""
    if maybe:
        hint = f"If it is {' or '.join(maybe)}, say so with `layout`. "
    raise ValueError(
        f"`folder` must have one of these layouts: {known}. "
        f"Received: {one_line(folder)}, which holds {_content(folder)}. {hint}"
        "Arrange the files like that, or use `pair_folders` in Python."
    )


def _named(folder, name):
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
    return layout


def _content(folder):
    found = [
        one_line(path.name) + "/" * path.is_dir()
        for path in sorted(folder.iterdir())
    ]
    more = f" ... ({len(found)} in all)" if len(found) > _SHOWN else ""
    return (", ".join(found[:_SHOWN]) or "nothing") + more
