"""A new `.keras` file."""

import os
import pathlib


def check_new_model_file(path):
    """Returns the path of a `.keras` file that is not there yet.

    Raises:
        ValueError: if `path` has another ending, or exists.
    """
    path = pathlib.Path(path)
    if path.suffix != ".keras":
        raise ValueError(
            f'The model must go to a .keras file. Received: "{path}"'
        )
    if path.exists() or path.is_symlink():
        raise ValueError(
            f'The model must go to a new file. Received: "{path}", which '
            "exists. Choose another name, or remove it."
        )
    return path


def save_new_model(model, path):
    """Saves a model to a new `.keras` file, whole or not at all.

    Args:
        model: `keras.Model`.
        path: path of the file; its folder is made if need be.

    Raises:
        ValueError: if `path` is none, or cannot be written.
    """
    path = check_new_model_file(path)
    part = path.with_name(f".{os.getpid()}.part-{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            model.save(part)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ValueError(
            f'The model must be written to "{path}". Received: '
            f"{error.strerror or error}. Free some space, or choose another "
            "folder."
        ) from error
