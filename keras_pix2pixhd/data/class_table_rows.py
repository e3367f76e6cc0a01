"""Rows of name, ids and colour, as written by hand, to a class table."""

import re

from keras_pix2pixhd.data.class_table_text import check_keys
from keras_pix2pixhd.data.short_repr import short_repr

COLUMNS = "name, id or ids, r, g, b"

_SEPARATORS = re.compile(r"[\s;,]+")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
LARGEST_ID = 2**32 - 1  # of a pixel of 32 bits


def config_of_rows(rows):
    """Returns the arguments of `ClassTable`; see `ClassTable.load`.

    Args:
        rows: Iterable of (place, row): where the row stands, for the error,
            such as `"line 3"`, and a dict by column.

    Raises:
        ValueError: If there are no rows, or one of them is wrong.
    """
    ids, colors, places = {}, {}, {}
    void_ids = []
    owner_of_id, owner_of_color = {}, {}
    for place, row in rows:
        name, of_row, color = _parsed(place, row)
        _claim(owner_of_id, of_row, "id", name, place)
        if color is None and name.lower() == "void":
            void_ids += of_row
            continue
        places.setdefault(name, place)
        ids.setdefault(name, []).extend(of_row)
        found = [] if color is None else [color]
        _claim(owner_of_color, found, "colour", name, place)
        colors.setdefault(name, []).extend(found)
    if not ids:
        raise ValueError("no class")
    for name, place in places.items():
        if not ids[name]:
            raise ValueError(f"{place}: no id for class {short_repr(name)}")
        if not colors[name]:
            raise ValueError(
                f"{place}: no colour for class {short_repr(name)}; only the "
                "row of the void ids, called void, has none"
            )
    return {
        "names": list(ids),
        "ids": list(ids.values()),
        "colors": list(colors.values()),
        "void_ids": void_ids,
    }


def _parsed(place, row):
    """Returns name, list of ids, and colour or None of a row."""
    if not isinstance(row, dict):
        raise ValueError(f"{place}: {short_repr(row)} instead of {COLUMNS}")
    keys = [str(key).strip().lower() for key in row]
    try:
        check_keys(keys)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error
    row = dict(zip(keys, row.values(), strict=True))
    missing = [key for key in ("name", "r", "g", "b") if key not in row]
    if "id" not in row and "ids" not in row:
        missing.append("id or ids")
    name = row.get("name")
    # the row of the void ids needs no colour, so in JSON no r, g and b
    if isinstance(name, str) and name.strip().lower() == "void":
        missing = [what for what in missing if what not in "rgb"]
    if missing:
        raise ValueError(f"{place}: without {', '.join(missing)}")
    if "id" in row and "ids" in row:
        raise ValueError(f"{place}: both id and ids")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"{place}: name {short_repr(name)}, which is no text")
    cells = [_integers(place, key, row.get(key)) for key in "rgb"]
    return name.strip(), _ids(place, row), _color(place, cells)


def _ids(place, row):
    column = "ids" if "ids" in row else "id"
    ids = _integers(place, column, row[column])
    for value in ids:
        if not 0 <= value <= LARGEST_ID:
            raise ValueError(
                f"{place}: {column} {short_repr(value)} out of "
                f"[0, {LARGEST_ID}]"
            )
    return ids


def _color(place, cells):
    if not any(cells):
        return None
    channels = [value for cell in cells for value in cell]
    if [len(cell) for cell in cells] != [1, 1, 1]:
        raise ValueError(f"{place}: r, g, b must be one number each")
    if min(channels) < 0 or max(channels) > 255:
        color = short_repr(tuple(channels))
        raise ValueError(f"{place}: colour {color} out of [0, 255]")
    return tuple(channels)


def _integers(place, column, cell):
    """Reads a number, several in a text or a list, or none, as a list."""
    if cell is None:
        return []
    if isinstance(cell, str):
        values = [word for word in _SEPARATORS.split(cell) if word]
        if all(_INTEGER.fullmatch(word) for word in values):
            return [int(word) for word in values]
    else:
        values = cell if isinstance(cell, list) else [cell]
        if all(type(value) is int for value in values):
            return list(values)
    raise ValueError(
        f"{place}: {column} {short_repr(cell)}, which is no integer"
    )


def _claim(owners, values, what, name, place):
    for value in values:
        if value in owners:
            other, there = owners[value]
            raise ValueError(
                f"{place}: {what} {value} of {short_repr(name)} is already "
                f"that of {short_repr(other)} in {there}"
            )
        owners[value] = (name, place)
