"""The training curves of a run."""

import csv
import math

HISTORY_FILE = "history.csv"


def read_history(folder):
    """Reads the `history.csv` of a run folder.

    Args:
        folder: `pathlib.Path`.

    Returns:
        List of dicts from column to number, one a row. Cells that are empty
        or no number are left out. Empty where there is no such file,
        or it is no table.
    """
    path = folder / HISTORY_FILE
    if not path.is_file():
        return []
    with open(path, newline="", encoding="utf-8", errors="replace") as file:
        try:
            rows = [
                {key: _number(cell) for key, cell in row.items() if key}
                for row in csv.DictReader(file)
            ]
        except csv.Error:  # such as a cell without an end
            return []
    rows = [{k: x for k, x in row.items() if x is not None} for row in rows]
    return [row for row in rows if row]


def _number(cell):
    try:
        number = float(cell)
    except (TypeError, ValueError):
        return None
    if not math.isfinite(number):
        return None
    return int(number) if number.is_integer() else number
