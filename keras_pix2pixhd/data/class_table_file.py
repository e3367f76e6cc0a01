"""Class tables in JSON, YAML and CSV files."""

import csv
import io
import json
import pathlib
import uuid

from keras_pix2pixhd.data.class_table_rows import COLUMNS, config_of_rows
from keras_pix2pixhd.data.class_table_text import parse_json, parse_yaml
from keras_pix2pixhd.data.files.file_system import as_path, one_line, shown
from keras_pix2pixhd.data.short_repr import short_repr

_OBJECT = (
    'with "names", "ids", "colors" and optionally "void_ids", or with a list '
    "of rows of name, id or ids, r, g, b"
)
_FORMS = {
    "JSON": _OBJECT,
    "YAML": _OBJECT,
    "CSV": f"with the comma-separated columns {COLUMNS}",
}

_SHOWN = 5


def read_table(path, class_table):
    """Implements `ClassTable.load`; `class_table` is the class to make."""
    path = as_path(path)
    kind = _kind_of(path)
    try:
        text = _read_bytes(path).decode("utf-8-sig")
        config = _READERS[kind](text)
        return class_table.from_config(config)
    except (OSError, RecursionError, TypeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise ValueError(
            f"{shown(path)} must be a {kind} file {_FORMS[kind]}. "
            f"Received: {reason}"
        ) from error


def write_table(path, config):
    """Implements `ClassTable.save`."""
    path = pathlib.Path(path)
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    if _kind_of(path) == "CSV":
        text = _to_csv(config)
    else:
        text = json.dumps(config, indent=1) + "\n"
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError as error:
        raise ValueError(
            "The class table must go to a file that can be written. "
            f'Received: "{path}": {error.strerror}'
        ) from error
    finally:
        part.unlink(missing_ok=True)


def _read_bytes(path):
    try:
        return path.read_bytes()
    except OSError:
        raise
    except Exception as error:  # TensorFlow's errors share no other base.
        raise ValueError(one_line(error)) from error


def _kind_of(path):
    suffix = path.suffix.lower()
    return {".csv": "CSV", ".yaml": "YAML", ".yml": "YAML"}.get(suffix, "JSON")


def _read_json(text):
    return _config_of(parse_json(text))


def _read_yaml(text):
    return _config_of(parse_yaml(text))


def _config_of(content):
    """Takes both forms of a table in JSON and YAML."""
    if isinstance(content, list):
        rows = ((f"row {n}", row) for n, row in enumerate(content, start=1))
        return config_of_rows(rows)
    if not isinstance(content, dict):
        raise ValueError(f"{type(content).__name__}, no object and no list")
    needed = {"names", "ids", "colors"}
    missing = needed - set(content)
    if missing:
        raise ValueError(f"without {', '.join(sorted(missing))}")
    strange = set(content) - needed - {"void_ids"}
    if strange:
        listed = sorted(short_repr(key) for key in strange)
        raise ValueError(f"the unknown {', '.join(listed[:_SHOWN])}")
    return content


def _read_csv(text):
    header = text.lstrip().partition("\n")[0]
    for word, separator in (("semicolon", ";"), ("tab", "\t")):
        if separator in header and "," not in header:
            raise ValueError(
                f"columns separated by {word}s. Save the table as "
                "comma-separated"
            )
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from error
    lines = [
        (number, [cell.strip() for cell in cells])
        for number, cells in lines
        if any(cell.strip() for cell in cells)
    ]
    if not lines:
        raise ValueError("an empty file")
    (_, header), *lines = lines
    header = [column.lower() for column in header]
    twice = sorted({c for c in header if c and header.count(c) > 1})
    if twice:
        raise ValueError(f"the column {short_repr(twice[0])} more than once")
    return config_of_rows(
        (f"line {number}", _row(number, header, cells))
        for number, cells in lines
    )


def _row(number, header, cells):
    if any(cells[len(header) :]):
        raise ValueError(
            f"line {number}: {len(cells)} cells for {len(header)} columns"
        )
    return dict(zip(header, cells, strict=False))


def _to_csv(config):
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["name", "ids", "r", "g", "b"])
    for name in config["names"]:
        if name != name.strip():
            raise ValueError(
                "Names of classes in CSV must not begin or end with spaces. "
                f"Received: {short_repr(name)}. Save the table as JSON."
            )
    for name, ids, colors in zip(
        config["names"], config["ids"], config["colors"], strict=True
    ):
        several = colors if isinstance(colors[0], list) else [colors]
        writer.writerow([name, " ".join(map(str, ids)), *several[0]])
        writer.writerows([name, "", *color] for color in several[1:])
    if config["void_ids"]:
        void = " ".join(map(str, config["void_ids"]))
        writer.writerow(["void", void, "", "", ""])
    return file.getvalue()


_READERS = {"JSON": _read_json, "YAML": _read_yaml, "CSV": _read_csv}
