"""Everything that `check_data` wants to know of one pair."""

import hashlib
import typing

import numpy as np

from keras_pix2pixhd.data.checking.instance_facts import instance_facts
from keras_pix2pixhd.data.checking.problem import (
    Problem,
    outside_table,
    unreadable,
)
from keras_pix2pixhd.data.class_table_checks import UnknownValuesError
from keras_pix2pixhd.data.connected_components import connected_components
from keras_pix2pixhd.data.files.file_header import read_header


class PairFacts(typing.NamedTuple):
    """What was found in one pair: a few numbers, none of its pixels.

    With problems, what comes after `formats` is not set.
    """

    pair: str
    problems: list
    formats: dict
    size: tuple | None = None
    class_pixels: np.ndarray | None = None
    digest: bytes | None = None
    instances: tuple | None = None
    unknown: tuple = ((), ())


def check_sizes(arrays, files):
    """Refuses the arrays of a pair, a dict by kind, that differ in size."""
    sizes = {kind: array.shape[:2] for kind, array in arrays.items()}
    check_same_size(sizes, files)


def check_same_size(sizes, files):
    """Refuses `(height, width)` of a pair, a dict by kind, that differ."""
    if len(set(sizes.values())) > 1:
        received = ", ".join(
            f'"{files[kind]}" {height} high and {width} wide'
            for kind, (height, width) in sizes.items()
        )
        raise ValueError(
            "The files of a pair must have the same size. "
            f"Received: {received}. Check that they belong together, or "
            "resize the label map (nearest, never blending)."
        )


def check_pair(pairs, index, measure=True):
    """Reads one pair.

    Args:
        pairs: `Pairs`.
        index: Its number.
        measure: Whether to look at what is not wrong as well: instances, and
            whether photographs are equal. Defaults to `True`.

    Returns:
        `PairFacts`.
    """
    name, files = pairs.names[index], pairs.files(index)
    arrays, problems, formats, unknown = {}, [], {}, ((), ())
    for kind, path in files.items():
        try:
            header = read_header(path)
            formats[kind] = f"{header.format} {header.mode}"
            arrays[kind] = pairs.read_kind(index, kind)
        except UnknownValuesError as error:
            unknown = (error.values, error.counts)
            problems.append(outside_table(name, path, str(error), *unknown))
        except ValueError as error:
            problems.append(unreadable(name, path, error))
    try:
        check_sizes(arrays, files)
    except ValueError as error:
        paths = tuple(str(files[kind]) for kind in arrays)
        problems.append(Problem("unequal_size", name, paths, str(error)))
    if problems:
        return PairFacts(name, problems, formats, unknown=unknown)
    return PairFacts(
        name,
        problems,
        formats,
        size=arrays["image"].shape[:2],
        class_pixels=_class_pixels(arrays["label"], pairs.class_table),
        digest=_digest(arrays["image"]) if measure else None,
        instances=_instances(arrays, pairs) if measure else None,
    )


def _class_pixels(label, table):
    """Returns the number of pixels of each class."""
    if table is None:
        return None
    classes = len(table)
    return np.bincount(label.ravel(), minlength=classes)[:classes]


def _digest(image):
    """Equal for photographs of equal pixels, in whatever format."""
    digest = hashlib.blake2b(repr(image.shape).encode(), digest_size=16)
    digest.update(np.ascontiguousarray(image))
    return digest.digest()


def _instances(arrays, pairs):
    if "instance" not in pairs.kinds:
        return None
    label, table = arrays["label"], pairs.class_table
    if pairs.components:
        arrays["instance"] = connected_components(label)
    if table is None:
        return instance_facts(arrays["instance"])
    return instance_facts(arrays["instance"], label, len(table))
