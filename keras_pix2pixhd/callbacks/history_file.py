"""The table of a `LossHistory`, read before it goes on."""

import csv


def read_history(path):
    """Reads the columns and rows that a table has already.

    Args:
        path: `pathlib.Path` of the CSV file, which need not exist.

    Returns:
        List of columns, and list of rows, dicts from column to text. Both are
        empty where there is no file, or one without a line.

    Raises:
        ValueError: if it cannot be read, or is no table with the columns
            `epoch` and `steps`, which are whole numbers in each row.
    """
    if not path.exists():
        return [], []
    try:
        with path.open(newline="", encoding="utf-8") as file:
            columns, *rows = [*csv.reader(file)] or [[]]
    except (OSError, ValueError, csv.Error) as error:
        raise _no_history(path, str(error)) from error
    if not columns and not rows:
        return [], []
    if not {"epoch", "steps"} <= {*columns}:
        names = ", ".join(columns)[:60] or "none"
        raise _no_history(path, f"the columns {names}")
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(
                f"Each row of {path} must have the {len(columns)} columns of "
                f"its first line. Received: the row {_short(row)}. Mend or "
                "move the file."
            )
    rows = [dict(zip(columns, row, strict=True)) for row in rows]
    for row in rows:
        for name in ("epoch", "steps"):
            if not (row[name].isascii() and row[name].isdigit()):
                raise _no_history(path, f"{name} {_short(row[name])}")
    return columns, rows


def _no_history(path, received):
    return ValueError(
        f'"{path}" must be a table with a row an epoch, where epoch and steps '
        f"are whole numbers. Received: {received}. Put it back from a copy, "
        "or mend it."
    )


def _short(value):
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:80]}..."
