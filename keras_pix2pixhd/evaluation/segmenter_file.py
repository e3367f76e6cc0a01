"""Which file a segmenter comes from, and what it was trained on."""

import hashlib
import json
import os
import pathlib

from keras_pix2pixhd.segmentation.protocol import names_hash
from keras_pix2pixhd.segmentation.segmenter_files import (
    PROTOCOL_FILE,
    SEGMENTER_FILE,
)


def described_segmenter(segmenter):
    """Returns path and hash of a segmenter's file, a dict.

    Args:
        segmenter: path of a file or of the folder of its training; or
            anything else, of which nothing is known.
    """
    file = _file(segmenter)
    if file is None:
        return {}  # if it is missing, that is said when it is loaded
    with open(file, "rb") as content:
        sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    return {"path": str(segmenter), "sha256": sha256}


def segmenter_warnings(segmenter, data):
    """Says what speaks against a segmenter, by the protocol beside it.

    Args:
        segmenter: see `described_segmenter`.
        data: `EvaluationData`.

    Returns:
        List of str. Empty where there is no protocol.
    """
    protocol = _protocol(segmenter)
    try:
        seen = protocol["data"]["train"]["names_sha256"]
        size = tuple(protocol["image_size"])
    except (KeyError, TypeError):
        return []
    warnings = []
    if data.side != "held_out" or seen != names_hash(data.training_names):
        warnings.append(
            "The segmenter was trained on another side of the data than the "
            "one that is not evaluated: it may know these photographs, and "
            "reads them better than it would read new ones. Train it with "
            "the split of the run (pix2pixhd train-segmenter --seed "
            "--train-fraction --subset), and evaluate on the held-out side."
        )
    if size != tuple(data.evaluated.image_size):
        warnings.append(
            f"The segmenter was trained at {size[0]} {size[1]} and reads "
            "images of {} {} (height, width): its score on the real images "
            "says how well.".format(*data.evaluated.image_size)
        )
    return warnings


def _file(segmenter):
    if not isinstance(segmenter, (str, os.PathLike)):
        return None
    path = pathlib.Path(segmenter)
    file = path / SEGMENTER_FILE if path.is_dir() else path
    return file if file.is_file() else None


def _protocol(segmenter):
    file = _file(segmenter)
    try:
        path = file.with_name(PROTOCOL_FILE)
        return json.loads(path.read_text(encoding="utf-8"))
    except (AttributeError, OSError, ValueError):
        return None
