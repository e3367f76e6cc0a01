"""The folders and files of `prepare_labels`."""

import pathlib

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.file_datastore import FileDatastore
from keras_pix2pixhd.data.files.file_system import shown

_CLASSES = ("classes.json", "classes.yaml", "classes.yml", "classes.csv")


def find_masks(folder):
    """Returns the paths of the masks, no two of which have the same stem."""
    masks = FileDatastore(folder).files
    taken = {}
    for mask in masks:
        if mask.stem in taken:
            raise ValueError(
                "Each mask must have a name of its own, whatever its "
                f"extension. Received: {shown(taken[mask.stem])} and "
                f"{shown(mask)}. Rename one of them."
            )
        taken[mask.stem] = mask
    return masks


def checked_output(colors, output):
    """Returns the folder to write to; refuses that of the masks."""
    output = pathlib.Path(output).resolve()
    if output == pathlib.Path(str(colors)).resolve():
        raise ValueError(
            "The label maps must go to another folder than that of the "
            f"colour masks. Received: {shown(output)} for both"
        )
    if output.exists() and not output.is_dir():
        raise ValueError(
            "The label maps must go to a folder. "
            f"Received: {shown(output)}, which is a file"
        )
    return output


def place_of_classes(output, class_table):
    """Returns the file beside `output` that has the classes, or will have.

    Args:
        output: Absolute `pathlib.Path`.
        class_table: The `ClassTable`; `None` for one that is to be written.

    Raises:
        ValueError: If there is one of other classes.
    """
    for name in _CLASSES:
        path = output.with_name(name)
        if path.exists() and class_table is None:
            raise ValueError(
                f"{shown(path)} must not exist, or be given as the class "
                "table. Received: no class table. Pass it with --classes "
                "(`class_table` in Python), or move it away."
            )
        if path.exists():
            if ClassTable.load(path) != class_table:
                raise ValueError(
                    f"{shown(path)} must hold the classes of the label maps "
                    "beside it. Received: a table of others. Pass that file "
                    "as the table, or move it away."
                )
            return path
    return output.with_name(
        "classes.csv" if class_table is None else _CLASSES[0]
    )
