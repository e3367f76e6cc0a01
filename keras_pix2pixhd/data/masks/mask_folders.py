"""The folders and files of `prepare_labels`."""

import pathlib

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.file_datastore import FileDatastore
from keras_pix2pixhd.data.files.file_system import as_path, shown
from keras_pix2pixhd.data.masks.class_template import is_template

_CLASSES = ("classes.json", "classes.yaml", "classes.yml", "classes.csv")
_TEMPLATE = "classes.csv"  # what `find_colors` writes


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


def read_classes(path):
    """Returns the `ClassTable` of a file; says so if there is no file."""
    path = as_path(path)
    if not path.exists():
        raise ValueError(
            "The class table must be an existing file. "
            f"Received: {shown(path)}, which does not exist"
        )
    return ClassTable.load(path)


def write_classes(class_table, path):
    """Writes a table, unless it is there; removes a template beside it."""
    if not path.exists():
        class_table.save(path)
    template = path.with_name(_TEMPLATE)
    if template != path and _gives_way(template, class_table):
        template.unlink()


def _gives_way(path, class_table):
    """Whether a file is an unedited template of other classes."""
    try:
        found = ClassTable.load(path)
    except ValueError:  # not there, or no table
        return False
    return found != class_table and is_template(found)


def place_of_classes(output, class_table):
    """Returns the file beside `output` that has the classes, or will have.

    A table that `find_colors` wrote and nobody edited gives way to another.

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
        if name == _TEMPLATE and _gives_way(path, class_table):
            continue
        if path.exists():
            if ClassTable.load(path) != class_table:
                raise ValueError(
                    f"{shown(path)} must hold the classes of the label maps "
                    "beside it. Received: a table of others. Pass that file "
                    "as the table, or move it away."
                )
            return path
    return output.with_name(_TEMPLATE if class_table is None else _CLASSES[0])
