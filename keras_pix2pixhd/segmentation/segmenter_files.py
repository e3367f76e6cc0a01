"""The files of a segmenter and their folder."""

import pathlib
import re
import uuid

from keras_pix2pixhd.data.files.file_system import RemotePath, as_path
from keras_pix2pixhd.runs.records.run_folder import new_run_folder, write_text

SEGMENTER_FILE = "segmenter.keras"
PROTOCOL_FILE = "segmenter.json"


def check_outside(output, data):
    """Refuses to write to where images are read from.

    Args:
        output: folder of all segmenters.
        data: str, the data folder.

    Raises:
        ValueError: if the one is in the other.
    """
    data = as_path(data)
    if isinstance(data, RemotePath):
        return
    if pathlib.Path(output).resolve().is_relative_to(data.resolve()):
        raise ValueError(
            "The segmenter must not be written to where images are read from. "
            f'Received: output="{output}", in "{data}". Say another with '
            "--output."
        )


def new_segmenter_folder(output, data):
    """Makes the next numbered folder, called after the data folder.

    Args:
        output: folder of all of them; made where it is missing.
        data: str, the data folder.

    Returns:
        `pathlib.Path` of the new, empty folder.

    Raises:
        ValueError: if the folder cannot be written.
    """
    name = data.rstrip("/").rpartition("/")[2]
    if name in ("", ".", ".."):
        name = pathlib.Path(data).resolve().name
    name = re.sub(r"[^A-Za-z0-9._-]+", "_", name) or "data"
    return new_run_folder(output, name)


def write_segmenter(segmenter, text, folder):
    """Writes both files; where there is a segmenter, all is whole.

    Args:
        segmenter: `Segmenter`.
        text: str, what `segmenter.json` is to hold.
        folder: `pathlib.Path` of an existing folder.

    Raises:
        ValueError: if they cannot be written.
    """
    part = folder / f".{uuid.uuid4().hex}.keras"
    try:
        write_text(folder / PROTOCOL_FILE, text)
        segmenter.save(part)
        part.replace(folder / SEGMENTER_FILE)
    except OSError as error:
        raise ValueError(
            f'The segmenter must be written to "{folder}". Received: '
            f"{error.strerror or error}. Free some space, or choose another "
            "folder with --output."
        ) from error
