"""records.json: what TFRecord files hold, known without reading them."""

import json
import typing

INDEX_FILE = "records.json"
CLASSES_FILE = "classes.json"
_FORMAT = 1


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


def index_text(sides):
    """Returns the text of records.json.

    Args:
        sides: Dict from `"train"` and `"held_out"` to a `Side`.
    """
    content = {name: side._asdict() for name, side in sides.items()}
    return json.dumps({"format": _FORMAT, **content}) + "\n"


def read_index(path):
    """Returns the sides of a records.json, a dict.

    Raises:
        ValueError: If it is not what `write_records` writes.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise ValueError(f"format {content['format']}")
        return {name: _side(content[name]) for name in ("train", "held_out")}
    except (KeyError, OSError, RecursionError, TypeError, ValueError) as error:
        raise ValueError(
            f'"{path}" must be what pix2pixhd prepare-records writes. '
            f"Received: {type(error).__name__}: {error}. Write the records "
            "again."
        ) from error


def _side(content):
    ways = {kind: tuple(ways) for kind, ways in content["ways"].items()}
    sizes = tuple((int(h), int(w)) for h, w in content["sizes"])
    side = Side(tuple(content["files"]), tuple(content["names"]), sizes, ways)
    lengths = {len(side.names), len(sizes), *map(len, ways.values())}
    if len(lengths) > 1 or not side.files or not side.names:
        raise ValueError(f"lists of different lengths {sorted(lengths)}")
    return side
