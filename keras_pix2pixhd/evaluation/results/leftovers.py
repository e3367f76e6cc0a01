"""What evaluations that were killed left beside their output."""

import contextlib
import os
import re
import shutil


@contextlib.contextmanager
def in_use(folder):
    """Marks a folder as one that is being written, until the process ends."""
    lock = _lock(folder)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def remove_leftovers(output):
    """Removes the hidden folders of evaluations that did not come to an end.

    Those of processes that are at work stay. One that was killed between its
    two renames left the earlier evaluation under a hidden name: it is put
    back.

    Args:
        output: `pathlib.Path` of the folder that they were to become.
    """
    pattern = re.compile(
        rf"\.{re.escape(output.name)}\.([0-9a-f]{{32}})\.(part|old)"
    )
    found = {"part": {}, "old": {}}
    with contextlib.suppress(OSError):
        for path in output.parent.iterdir():
            if match := pattern.fullmatch(path.name):
                found[match[2]][match[1]] = path
    busy = {mark for mark, path in found["part"].items() if not _remove(path)}
    for mark, old in found["old"].items():
        if mark in busy:
            continue
        with contextlib.suppress(OSError):
            if not output.exists():
                old.replace(output)
        shutil.rmtree(old, ignore_errors=True)


def _remove(folder):
    """Removes a folder; returns whether it was in nobody's use."""
    lock = _lock(folder)
    if lock is None:
        return False
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)
    return True


def _lock(folder):
    """Returns a descriptor that holds a folder, which the kernel lets go.

    `None`: another process holds it, or there are no locks here.
    """
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    lock = None
    try:
        lock = os.open(folder, os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        if lock is not None:
            os.close(lock)
        return None
    return lock
