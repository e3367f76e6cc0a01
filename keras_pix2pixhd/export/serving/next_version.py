"""The versions of a served model."""

import pathlib


def next_version(model_folder):
    """Returns the version after all that exist, an int.

    Args:
        model_folder: the folder whose sub-folders are versions; it may be
            missing.

    Example:

    >>> next_version("/no/such/folder")
    1
    """
    folder = pathlib.Path(model_folder)
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return max((int(name) for name in names if name.isdecimal()), default=0) + 1
