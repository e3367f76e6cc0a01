"""What a run has written of itself, read when it goes on."""

import json
import pathlib

from keras_pix2pixhd.runs.records.run_folder import write_text

SPLIT_FILE, METRICS_FILE = "split.json", "metrics.json"


def write_sides(folder, parts):
    """Writes the pairs of both sides, as `split` reads them in a folder."""
    text = json.dumps(_sides(parts), indent=1) + "\n"
    write_text(folder / SPLIT_FILE, text)


def _sides(parts):
    return {"train": [*parts.train.names], "held_out": [*parts.held_out.names]}


def check_same_pairs(folder, parts):
    """Refuses data whose pairs are not those that a run recorded.

    Args:
        folder: folder of the run or of a stage. Where nothing was recorded,
            anything goes.
        parts: `Split`.

    Raises:
        ValueError: if a side has other pairs; it names some.
    """
    recorded = _read(
        pathlib.Path(folder) / SPLIT_FILE,
        _names_of_sides,
        "lists of names, train and held_out",
    )
    found = _sides(parts)
    if recorded is None or recorded == found:
        return
    differences = []
    for side in ("train", "held_out"):
        then, now = recorded.get(side, []), found[side]
        differences += _named(f"gone from {side}", then, now)
        differences += _named(f"new in {side}", now, then)
    raise ValueError(
        "A run that is resumed must find the pairs that it began with. "
        f"Received: {'; '.join(differences) or 'another order of them'}. "
        "Say where they are with --data."
    )


def _named(what, some, others):
    names = sorted(set(some) - set(others))
    if not names:
        return []
    more = ", ..." if len(names) > 3 else ""
    return [f"{len(names)} {what}: {', '.join(names[:3])}{more}"]


def read_metrics(folder):
    """Returns the metrics of a stage, a dict; empty, if there are none.

    Raises:
        ValueError: if the file is not one that a run wrote.
    """
    path = pathlib.Path(folder) / METRICS_FILE
    return (
        _read(path, _tables, "tables of metrics, untrained and trained") or {}
    )


def write_metrics(folder, metrics):
    """Writes the metrics of a stage."""
    write_text(folder / METRICS_FILE, json.dumps(metrics, indent=2) + "\n")


def _read(path, fits, must_be):
    """Reads a record; `None`, if there is none."""
    if not path.exists():
        return None
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise _unlike(path, must_be, str(error)) from error
    if not fits(record):
        raise _unlike(path, must_be, json.dumps(record)[:60])
    return record


def _unlike(path, must_be, received):
    return ValueError(
        f'"{path}" must hold what the run wrote: {must_be}. Received: '
        f"{received}. Put it back from a copy, or begin a new run with the "
        f"weights of this one: --init-from {path.parent}"
    )


def _tables(record):
    return isinstance(record, dict) and all(
        isinstance(table, dict) for table in record.values()
    )


def _names_of_sides(record):
    return (
        isinstance(record, dict)
        and {*record} == {"train", "held_out"}
        and all(isinstance(names, list) for names in record.values())
        and all(isinstance(n, str) for names in record.values() for n in names)
    )
