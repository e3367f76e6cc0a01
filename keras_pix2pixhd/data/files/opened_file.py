"""Opening files, and the error for those that cannot be read."""

import contextlib

from keras_pix2pixhd.data.files.file_system import one_line, shown


@contextlib.contextmanager
def opened(path, kind="image"):
    """Yields the open file, or says why it cannot be opened."""
    try:
        file = path.open("rb")
        empty = not file.read(1)
        file.seek(0)
    except Exception as error:  # TensorFlow's errors share no other base.
        reason = getattr(error, "strerror", None) or error
        raise not_readable(
            path, f"{type(error).__name__}: {one_line(reason)}", kind
        ) from error
    with file:
        if empty:
            raise not_readable(path, "an empty file", kind)
        yield file


class NotReadableError(ValueError):
    """A file that is damaged, or not what its name says."""


def not_readable(path, received, kind="image"):
    """Returns the error for a file that is not a complete `kind` file."""
    if isinstance(received, Exception):
        received = f"{type(received).__name__}: {received}"
    return NotReadableError(
        f"{shown(path)} must be a complete {kind} file. Received: "
        f"{one_line(received).rstrip('.')}. Replace the file, or remove it "
        "together with the files paired with it."
    )
