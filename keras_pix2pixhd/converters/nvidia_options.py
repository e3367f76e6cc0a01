"""The options of a training run of the reference."""

import ast
import pathlib
import re

_LINE = re.compile(r"(\w+): ?(.*)")


def read_nvidia_options(path):
    """Reads the `opt.txt` that the reference leaves beside its checkpoints.

    Args:
        path: path of a file of `name: value` lines between dashed lines.

    Returns:
        dict from name to `bool`, `int`, `float`, `None`, list or `str`.

    Raises:
        ValueError: if the file is missing or holds other lines.

    Example:

    ```python
    options = read_nvidia_options("checkpoints/label2city/opt.txt")
    options["label_nc"], options["no_instance"]  # (35, False)
    ```
    """
    path = pathlib.Path(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(
            f'"{path}" must be the opt.txt of a training run. Received: '
            f"{getattr(error, 'strerror', None) or 'bytes that are no text'}"
        ) from error
    options = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("---"):
            continue
        match = _LINE.fullmatch(line.rstrip())
        if match is None:
            raise ValueError(
                f'"{path}" must hold lines of the form "name: value" between '
                f"dashed lines. Received: line {number}, {line[:60]!r}"
            )
        options[match[1]] = _value(match[2])
    if not options:
        raise ValueError(
            f'"{path}" must hold the options of a training run. Received: '
            'no line of the form "name: value"'
        )
    return options


def _value(text):
    """A number, bool, None or list; anything else is text, paths too."""
    if text in ("inf", "-inf"):
        return float(text)
    try:
        return ast.literal_eval(text)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return text
