"""The folder of an export: new, and written whole or not at all."""

import contextlib
import pathlib
import shutil
import tempfile


def checked_new_folder(path):
    """Returns the path of a folder to write, which is new or empty.

    Raises:
        ValueError: if there is something already.
    """
    path = pathlib.Path(path)
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise ValueError(
            f'The folder must be new or empty. Received: "{path}", which '
            "exists and is not empty. Remove it, or choose another, such as "
            "the next version number."
        )
    return path


@contextlib.contextmanager
def new_folder(path):
    """Yields a folder to write to, which takes its name at the end.

    Args:
        path: what `checked_new_folder` returned.

    Yields:
        `pathlib.Path` of an empty, hidden folder beside it.

    Raises:
        ValueError: if it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        prefix = f".{path.name}."
        part = pathlib.Path(tempfile.mkdtemp(prefix=prefix, dir=path.parent))
        try:
            yield part
            part.chmod(0o755)
            if path.exists():
                path.rmdir()
            part.rename(path)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise ValueError(
            "The folder must be one that can be written. Received: "
            f'"{path}", {error}'
        ) from error
