from keras_pix2pixhd.data.files.file_system import as_path
from keras_pix2pixhd.data.image_datastore import ImageDatastore
from keras_pix2pixhd.data.layouts.layout_files import (
    has,
    keep,
    side_key,
)
from keras_pix2pixhd.data.pairing import combine

_OPPOSITE = {"left": "right", "right": "left"}


def read_side_by_side(folder, label="right", unpaired="error"):
    """Reads files that each hold a photograph and its label, side by side.

    This is how the data sets of pix2pix come. The label is a picture without
    classes: pairs have no class table, and labels are RGB.

    Files are looked for in `train/` and `val/`, or, without `val/`, in
    `train/` and `test/`, and the names of the pairs begin with that folder;
    without `train/`, in the folder itself. Where there is `val/`, `test/` is
    left alone.

    Args:
        folder: The folder of the data set.
        label: Which half is the label, `"left"` or `"right"`. Defaults to
            `"right"`, as in pix2pix's facades.
        unpaired: As for `combine`. Both halves are always there, so it does
            nothing. Defaults to `"error"`.

    Returns:
        `Pairs` whose `class_table` is `None`.

    Raises:
        ValueError: If `label` is neither, or there are no images.

    Example:

    >>> import tempfile
    >>> from PIL import Image
    >>> folder = tempfile.mkdtemp()
    >>> Image.new("RGB", (8, 4)).save(f"{folder}/a.png")
    >>> pairs = read_side_by_side(folder)
    >>> pairs.names, pairs.read(0)["label"].shape
    (('a',), (4, 4, 3))
    """
    if label not in _OPPOSITE:
        raise ValueError(
            "`label` must be the half that holds the label, 'left' or "
            f"'right'. Received: label={label!r}"
        )
    folder = as_path(folder)
    sides = sides_of_files(folder)

    def store(part):
        made = ImageDatastore(folder, recursive=bool(sides), part=part)
        # as deep as train/NAME, not deeper
        return keep(made, sides, depth=1) if sides else made

    return combine(
        images=store(_OPPOSITE[label]),
        labels=store(label),
        key=side_key() if sides else None,
        unpaired=unpaired,
    )


def sides_of_files(folder):
    """Returns which of train/, val/ and test/ are read, none if no train/."""
    if not has(folder, "train"):
        return ()
    others = [side for side in ("val", "test") if has(folder, side)]
    return ("train", *others[:1])
