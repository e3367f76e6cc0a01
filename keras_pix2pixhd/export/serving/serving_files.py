"""The files that TF Serving is started with."""

import pathlib

from keras_pix2pixhd.export.serving.templates import TEMPLATES
from keras_pix2pixhd.whole_file import whole_file

FOLDER = "serving"


def write_serving_files(model_folder, name):
    """Writes the files to start TF Serving with, where there are none yet.

    What is there stays, as it may have been edited. `model_folder` itself is
    what the server mounts: of its sub-folders it takes those whose names are
    numbers for versions, and does not look at others.

    Args:
        model_folder: folder of the versions.
        name: str, what the server calls the model.

    Returns:
        `pathlib.Path` of the folder with `compose.yaml`, `models.config`,
        `batching.config` and `monitoring.config`.

    Raises:
        ValueError: if they cannot be written.
    """
    folder = pathlib.Path(model_folder) / FOLDER
    for file, text in TEMPLATES.items():
        if not (folder / file).exists():
            with whole_file(folder / file) as part:
                part.write_text(text.replace("MODEL", name), "utf-8")
    return folder
