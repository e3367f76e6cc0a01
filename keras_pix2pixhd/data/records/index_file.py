"""records.json: what TFRecord files hold, known without reading them."""

import json
import typing

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.files.file_system import one_line, shown

INDEX_FILE = "records.json"
SIDES = ("train", "held_out")
LARGEST_SIZE = 65535
_FORMAT = 2
_IMAGES = {"jpeg", "png"}
_INSTANCES = {"ids16", "int32"}


class Side(typing.NamedTuple):
    """The records of one side of a split.

    Pair number `i` is in file `i % len(files)`.

    Attributes:
        files: Tuple of the names of the TFRecord files.
        names: Tuple of the names of the pairs.
        sizes: Tuple of their `(height, width)`.
        ways: Dict from kind to a tuple with the way in which each is encoded.
    """

    files: tuple
    names: tuple
    sizes: tuple
    ways: dict


def file_names(side, count):
    """Returns the names of the `count` files of a side.

    >>> file_names("train", 2)
    ('train-00000-of-00002.tfrecord', 'train-00001-of-00002.tfrecord')
    """
    return tuple(
        f"{side}-{i:05d}-of-{count:05d}.tfrecord" for i in range(count)
    )


def index_text(sides, class_table):
    """Returns the text of records.json.

    Args:
        sides: Dict from `"train"` and `"held_out"` to a `Side`.
        class_table: `ClassTable`, or `None`: labels are images.
    """
    content = {
        "format": _FORMAT,
        "classes": class_table and class_table.get_config(),
    }
    for name, side in sides.items():
        content[name] = {**side._asdict(), "files": len(side.files)}
    return json.dumps(content) + "\n"


def read_index(path):
    """Returns the sides of a records.json, a dict, and its `ClassTable`.

    Raises:
        ValueError: If it is not what `write_records` writes.
    """
    try:
        content = _checked(json.loads(path.read_text(encoding="utf-8")), dict)
        if content.get("format") != _FORMAT:
            raise ValueError(f"format {content.get('format')!r}")
        table = content["classes"]
        if table is not None:
            table = ClassTable.from_config(_checked(table, dict))
        sides = {name: _side(name, content[name], table) for name in SIDES}
        if len({frozenset(side.ways) for side in sides.values()}) > 1:
            raise ValueError("sides of different kinds")
        return sides, table
    except (KeyError, OSError, RecursionError, TypeError, ValueError) as error:
        raise ValueError(
            f"{shown(path)} must be what pix2pixhd prepare-records writes. "
            f"Received: {type(error).__name__}: {one_line(error)}. Write the "
            "records again."
        ) from error


def _side(side, content, table):
    content = _checked(content, dict)
    names = tuple(_checked(n, str) for n in _checked(content["names"], list))
    if not names or len(set(names)) < len(names):
        raise ValueError("names that are none, or there twice")
    count = _checked(content["files"], int)
    if not 1 <= count <= len(names):
        raise ValueError(f"{count} files for {len(names)} pairs")
    sizes = tuple(_size(size) for size in _checked(content["sizes"], list))
    ways = _ways(_checked(content["ways"], dict), table)
    lengths = {len(names), len(sizes), *map(len, ways.values())}
    if len(lengths) > 1:
        raise ValueError(f"lists of different lengths {sorted(lengths)}")
    return Side(file_names(side, count), names, sizes, ways)


def _size(size):
    height, width = (_checked(side, int) for side in _checked(size, list))
    if not (1 <= height <= LARGEST_SIZE and 1 <= width <= LARGEST_SIZE):
        raise ValueError(f"the size {height} x {width}")
    return height, width


def _ways(ways, table):
    """Checks how kinds are encoded; labels have indices if there is a table."""
    known = {"image": _IMAGES, "label": _IMAGES, "instance": _INSTANCES}
    if table is not None:
        known["label"] = {"indices8" if table.dtype == "uint8" else "indices16"}
    if not {"image", "label"} <= set(ways) <= set(known):
        raise ValueError(f"the kinds {', '.join(map(repr, ways))}")
    for kind, used in ways.items():
        strange = {_checked(w, str) for w in _checked(used, list)} - known[kind]
        if strange:
            raise ValueError(f"{kind} as {', '.join(map(repr, strange))}")
    return {kind: tuple(used) for kind, used in ways.items()}


def _checked(value, kind):
    if type(value) is not kind:  # bool is an int to isinstance
        raise TypeError(f"{type(value).__name__}, not {kind.__name__}")
    return value
