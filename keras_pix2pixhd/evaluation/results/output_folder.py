"""The folder of an evaluation: replaced whole, or left as it was."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import uuid

from keras_pix2pixhd.data.files.file_system import RemotePath
from keras_pix2pixhd.evaluation.results.leftovers import (
    in_use,
    remove_leftovers,
)

FORMAT = "keras_pix2pixhd evaluation 1"
METRICS_FILE = "metrics.json"
ROWS_FILE = "images.csv"
REPORT_FILE = "report.html"
GENERATED = "generated"
_OURS = {METRICS_FILE, ROWS_FILE, REPORT_FILE, GENERATED}


@contextlib.contextmanager
def opened_output(output, sources, data_folder, log=print):
    """Yields where an evaluation goes, and the folder to write it to.

    What is written becomes the output at the end, as a whole, in place of an
    earlier evaluation. Until then, and after any error, that is untouched.
    What an evaluation to the same place left that was killed is removed.

    Args:
        output: the folder; `None` for `RUN/evaluation` of one run, for the
            next number in `evaluations` else, and for no output where all
            are models in memory; `False` for no output.
        sources: list of `Source`s.
        data_folder: the data folder.
        log: function that prints a line: which evaluation was replaced.

    Yields:
        Two `pathlib.Path`s; `None` and `None` for no output.

    Raises:
        ValueError: if it cannot be written, is a file, holds anything but an
            earlier evaluation, or lies in a folder that images are read from.
    """
    numbered = False
    if output is None:
        output, numbered = _default_output(sources)
    if output is None or output is False:
        yield None, None
        return
    if not isinstance(output, (str, os.PathLike)):
        raise ValueError(
            "output must be the path of a folder, None or False. Received: "
            f"output={output!r}"
        )
    output = pathlib.Path(output)
    remove_leftovers(output.resolve())
    try:
        _check_output(output, sources, data_folder)
        before = _protocol(output / METRICS_FILE)
        with _replaced(output) as part:
            yield output, part
        if before is not None:
            log(f"replaced: the evaluation of {before.get('created')}")
    finally:
        if numbered:  # and still empty
            with contextlib.suppress(OSError):
                output.rmdir()


def _default_output(sources):
    """Returns a path or `None`, and whether it is a new, empty folder."""
    if len(sources) == 1 and sources[0].kind == "run":
        return sources[0].path / "evaluation", False
    if all(source.kind == "model" for source in sources):
        return None, False
    return _numbered(pathlib.Path("evaluations")), True


def _check_output(output, sources, data_folder):
    """Refuses an output that would mix with, or replace, other files."""
    read = [s.path for s in sources if s.kind == "images"]
    if not isinstance(data_folder, RemotePath):
        read.append(data_folder)
    for folder in read:
        if output.resolve().is_relative_to(folder.resolve()):
            raise ValueError(
                "The evaluation must not be written to where images are read "
                f'from. Received: output="{output}", in "{folder}". Say '
                "another with --output."
            )
    if pathlib.Path.cwd().is_relative_to(output.resolve()):
        raise ValueError(
            "output is replaced as a whole: it must not be the folder that "
            f'this was called in. Received: "{output}". Say another with '
            "--output."
        )
    if output.exists() and not output.is_dir():
        raise ValueError(
            "output must be a folder. Received: "
            f'output="{output}", which is a file'
        )
    _check_replaceable(output)


def _check_replaceable(output):
    """Refuses to replace anything but an evaluation."""
    if output.is_dir():
        strange = _strange(output)
        if strange:
            raise ValueError(
                "output must be a new or an empty folder, or that of an "
                f'earlier evaluation, which is replaced. Received: "{output}", '
                f"which holds {strange}. Say another with --output."
            )


@contextlib.contextmanager
def _replaced(output):
    """Yields a folder to write to, which then becomes `output`.

    What `output` was before is replaced as a whole at the end; until then,
    and after any error, it is as it was.

    Raises:
        ValueError: if it cannot be written.
    """
    output = output.resolve()
    mark = uuid.uuid4().hex
    part = output.with_name(f".{output.name}.{mark}.part")
    old = output.with_name(f".{output.name}.{mark}.old")
    try:
        part.mkdir(parents=True)
    except OSError as error:
        raise _not_writable(output, error) from error
    try:
        with in_use(part):
            yield part
            _check_replaceable(output)  # again: it took long
            try:
                if output.exists():
                    output.replace(old)
                part.replace(output)
            except OSError as error:
                raise _not_writable(output, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if old.exists() and not output.exists():
            old.replace(output)
        shutil.rmtree(old, ignore_errors=True)


def _numbered(parent):
    """Makes the next numbered folder, so that no other takes the number."""
    try:
        parent.mkdir(exist_ok=True)
        while True:
            names = [path.name for path in parent.iterdir()]
            taken = [int(name) for name in names if re.fullmatch(r"\d+", name)]
            folder = parent / f"{max(taken, default=0) + 1:04d}"
            with contextlib.suppress(FileExistsError):
                folder.mkdir()
                return folder
    except OSError as error:
        raise _not_writable(parent, error) from error


def _strange(folder):
    """Names an entry that no evaluation has left; None if there is none."""
    names = {path.name for path in folder.iterdir()}
    others = sorted(names - _OURS)
    if others:
        return others[0]
    if names and _protocol(folder / METRICS_FILE) is None:
        return f"{sorted(names)[0]}, but no {METRICS_FILE} of an evaluation"
    return None


def _protocol(path):
    """The protocol of an evaluation; None for any other file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        protocol = content["protocol"]
        return protocol if protocol["format"] == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _not_writable(output, error):
    return ValueError(
        f'The output folder must be writable. Received: "{output}": '
        f"{error.strerror or error}. Say another with --output."
    )
