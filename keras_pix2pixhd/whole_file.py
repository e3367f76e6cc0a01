"""Writing files whole or not at all."""

import contextlib
import errno
import pathlib
import uuid


@contextlib.contextmanager
def whole_file(path, suffix=""):
    """Yields the path to write to, which becomes the file at the end.

    What the file was before is replaced then; after an error it is as it was.

    Args:
        path: the file; its folder is made if need be.
        suffix: str, what the name to write to must end in, as that of a
            `.keras` file must.

    Yields:
        `pathlib.Path` of no file yet, hidden, in the same folder. Its name is
        short, however long that of the file.

    Raises:
        ValueError: if it cannot be written; a full disk is called one.
    """
    path = pathlib.Path(path)
    part = path.with_name(f".{uuid.uuid4().hex}.part{suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        way_out = ". Free some space, or choose another folder." if full else ""
        raise ValueError(
            f'"{path}" must be a file that can be written. Received: '
            f"{error}{way_out}"
        ) from error
