"""The record of what the photographs of a folder were painted with."""

import json
import os
import pathlib
import re
import time

import keras

import keras_pix2pixhd
from keras_pix2pixhd.whole_file import whole_file

RECORD_FILE = "generate.json"
FORMAT = "keras_pix2pixhd generate 1"
_STALE = 3600  # seconds; no photograph takes as long to write
_PART = re.compile(r"\.[0-9a-f]{32}\.part")


def painted_since(folder, settings):
    """Returns from when on photographs of a folder were painted like this.

    Args:
        folder: `pathlib.Path`.
        settings: dict, as of `described_settings`.

    Returns:
        int, nanoseconds of the folder's clock, or None without a record.

    Raises:
        ValueError: if the record says other settings, or is none.
    """
    path = folder / RECORD_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["format"] != FORMAT:
            raise ValueError(f"format={record['format']!r}")
        found, since = record["settings"], int(record["begun"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise ValueError(
            f'"{path}" must be the record of an earlier generate. Received: '
            f"{type(error).__name__}: {error}. Choose another folder, or "
            "overwrite=True (--overwrite) to write it anew."
        ) from error
    names = sorted(settings.keys() | found.keys())
    others = [n for n in names if settings.get(n) != found.get(n)]
    if others:
        told = "; ".join(
            f"{name}: {_short(found.get(name))} in {RECORD_FILE}, "
            f"{_short(settings.get(name))} now"
            for name in others
        )
        raise ValueError(
            "The photographs of a folder must be of one model and of the same "
            f'settings. Received: "{folder}" with other ones ({told}). Choose '
            "another folder, or overwrite=True (--overwrite) to paint all of "
            "them again."
        )
    return since


def begin_record(folder, settings, overwrite=False):
    """Writes the record, unless there is one.

    Of several that begin at once the first writes it. Temporary files of
    processes that were killed an hour ago or earlier are removed.

    Args:
        folder: `pathlib.Path`; made if need be.
        settings: dict, as of `described_settings`.
        overwrite: bool, whether one that is there is replaced.

    Raises:
        ValueError: if there is one of other settings, or it cannot be
            written.
    """
    path = folder / RECORD_FILE
    try:
        with whole_file(path) as part:
            part.touch()
            text = _text(settings, part.stat().st_mtime_ns)
            part.write_text(text, encoding="utf-8")
            if not overwrite:
                _claim(part, path)
    except ValueError as error:
        if not isinstance(error.__cause__, FileExistsError):
            raise
        painted_since(folder, settings)  # refuses others
    _remove_stale(folder)


def _claim(part, path):
    """Gives a file its name, unless that is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(os.fspath(path)) from None


def _text(settings, begun):
    versions = {
        "keras_pix2pixhd": keras_pix2pixhd.__version__,
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
    }
    record = {"format": FORMAT, "begun": begun, "versions": versions}
    return json.dumps({**record, "settings": settings}, indent=1) + "\n"


def _short(value):
    text = str(value)
    return f"{text[:12]}..." if re.fullmatch("[0-9a-f]{64}", text) else text


def _remove_stale(folder):
    now = time.time()
    with os.scandir(folder) as entries:
        for entry in entries:
            if _PART.fullmatch(entry.name):
                try:
                    if now - entry.stat().st_mtime > _STALE:
                        pathlib.Path(entry.path).unlink(missing_ok=True)
                except OSError:  # another one has removed it, or keeps it
                    pass
