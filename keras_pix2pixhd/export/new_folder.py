"""The folder of an export: new, and written whole or not at all."""

import contextlib
import errno
import pathlib
import shutil
import tempfile

from keras_pix2pixhd.unreadable_data import plain


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
        if error.errno == errno.ENOTEMPTY:  # of the last step
            raise ValueError(
                "The folder must be new. Received: "
                f'"{path}", which something else has written meanwhile. Run '
                "it again."
            ) from error
        raise ValueError(
            "The folder must be one that can be written, as must the folder "
            f'for temporary files. Received: "{path}", {error}. Free some '
            "space, or choose another folder."
        ) from error


@contextlib.contextmanager
def written_by_tensorflow():
    """Turns TensorFlow's errors, as of a full disk, into an `OSError`."""
    import tensorflow as tf

    try:
        yield
    except tf.errors.OpError as error:
        raise OSError(plain(error.message)) from error
