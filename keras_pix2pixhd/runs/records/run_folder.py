"""The numbered folder of a run."""

import pathlib
import re
import shutil

from keras_pix2pixhd.whole_file import whole_file


def new_run_folder(output, name):
    """Makes the next numbered folder, such as `runs/0007-carvana`.

    Args:
        output: folder of all runs; made where it is missing.
        name: str, what follows the number.

    Returns:
        `pathlib.Path` of the new, empty folder.

    Raises:
        ValueError: if the folder cannot be written.
    """
    if "://" in str(output):
        raise ValueError(
            "The output folder must be one of this machine, where files can "
            f"be renamed. Received: {output}. Mount it, or copy the run when "
            "it is done."
        )
    output = pathlib.Path(output)
    try:
        output.mkdir(parents=True, exist_ok=True)
        while True:
            taken = [
                int(match[1])
                for path in output.iterdir()
                if (match := re.match(r"(\d+)-", path.name))
            ]
            folder = output / f"{max(taken, default=0) + 1:04d}-{name}"
            try:
                folder.mkdir()
                return folder
            except FileExistsError:
                continue  # another run took the number: look again
    except OSError as error:
        raise ValueError(
            f"The output folder must be writable. Received: {output}: "
            f"{error.strerror or error}. Choose another with --output."
        ) from error


def write_text(path, text):
    """Writes a text file whole or not at all."""
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8")


# names of what is written aside and then renamed
_ASIDE = re.compile(r"\.(.*\.)?[0-9a-f]{32}(\.part.*)?|\.part-.*|\.1\.\w{8}")


def remove_leftovers(folder):
    """Removes what a killed process has left half written in a run folder.

    Args:
        folder: the run folder, in which no other process is at work.
    """
    for path in sorted(pathlib.Path(folder).rglob(".*")):
        if not _ASIDE.fullmatch(path.name):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
