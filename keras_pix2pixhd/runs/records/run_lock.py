"""One process at a time in a run folder."""

import contextlib
import os
import pathlib
import socket

LOCK_FILE = "run.lock"


@contextlib.contextmanager
def run_lock(folder):
    """Keeps other processes out of a run folder for as long as it lasts.

    The kernel lets go of the lock when the process ends, however it ends: a
    run that was killed can be resumed at once. The file `run.lock` names the
    process, and goes with it.

    Args:
        folder: the run folder, which exists.

    Raises:
        ValueError: if another process trains in the folder, or the folder
            cannot be written.
    """
    path = pathlib.Path(folder) / LOCK_FILE
    try:
        file = _locked(path)
        _sign(file, path)
    except OSError as error:
        raise ValueError(
            f"The run folder must be one that can be written. Received: "
            f"{folder}: {error.strerror or error}. Free some space, or give "
            "yourself the right to write there."
        ) from error
    with file:
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def _sign(file, path):
    """Writes who holds the lock; where there is no room, it is let go."""
    try:
        file.truncate(0)
        name = f"process {os.getpid()} on {socket.gethostname()}\n"
        os.write(file.fileno(), name.encode())  # at once: it may not fit
    except OSError:
        path.unlink(missing_ok=True)
        file.close()
        raise


def _locked(path):
    """Opens the file and locks it."""
    while True:
        file = path.open("a+", encoding="utf-8")
        try:
            _lock(file)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another process"
            file.close()
            raise ValueError(
                "Only one process may train in a run folder. Received: "
                f"{path.parent}, where {holder} is at work. Wait for its end, "
                "or stop it."
            ) from None
        except OSError:
            return file  # a file system that knows no locks
        if _still_there(file, path):
            return file
        file.close()  # of a run that ended just now


def _lock(file):
    try:
        import fcntl
    except ImportError:  # Windows
        return
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _still_there(file, path):
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
