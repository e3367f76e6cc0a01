"""A new `.keras` file."""

import pathlib

from keras_pix2pixhd.whole_file import whole_file


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
    with whole_file(check_new_model_file(path), ".keras") as part:
        model.save(part)
