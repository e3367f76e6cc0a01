"""Which file a segmenter comes from, and what it was trained on."""

import json
import os
import pathlib

from keras_pix2pixhd.file_hash import sha256_of_file
from keras_pix2pixhd.segmentation.protocol import names_hash
from keras_pix2pixhd.segmentation.segmenter_files import (
    PROTOCOL_FILE,
    SEGMENTER_FILE,
)


def described_segmenter(segmenter):
    """Returns what is known of a segmenter by its file, a dict.

    Args:
        segmenter: path of a file or of the folder of its training; or
            anything else, of which nothing is known.

    Returns:
        Dict of `path`, `sha256`, that of the file, which changes whenever
        it is saved, and `name`, that of the folder or of the file; empty
        for a segmenter that is no file.
    """
    file = _file(segmenter)
    if file is None:
        return {}  # if it is missing, that is said when it is loaded
    sha256 = sha256_of_file(file)
    named = file.resolve()
    own = named.name == SEGMENTER_FILE
    name = named.parent.name if own else named.stem
    return {"path": str(segmenter), "sha256": sha256, "name": name}


def check_segmenter(segmenter):
    """Refuses what is no segmenter.

    Args:
        segmenter: of `evaluate`.

    Raises:
        ValueError: if it is none.
    """
    if segmenter is None or isinstance(segmenter, (str, os.PathLike)):
        return
    if callable(segmenter) or hasattr(segmenter, "predict_labels"):
        return
    raise ValueError(
        "The segmenter must be a file or folder of one, a model or a "
        f"function. Received: segmenter={segmenter!r}"
    )


def segmenter_warnings(segmenter, data):
    """Says what speaks against a segmenter, by the protocol beside it.

    Args:
        segmenter: see `described_segmenter`.
        data: `EvaluationData`.

    Returns:
        List of str.
    """
    protocol = _protocol(segmenter)
    try:
        train = protocol["data"]["train"]
        seen, names = train["names_sha256"], train.get("names")
        height, width = map(int, protocol["image_size"])
        warnings = _of_training(names, seen, data)
    except (AttributeError, KeyError, TypeError, ValueError):
        return [
            "What the segmenter was trained on is not known: the evaluated "
            "images may be among it."
        ]
    if (height, width) != tuple(data.evaluated.image_size):
        warnings.append(
            f"The segmenter was trained at {height} {width} and reads "
            "images of {} {} (height, width): its score on the real images "
            "says how well.".format(*data.evaluated.image_size)
        )
    return warnings


def _of_training(names, seen, data):
    """What of the evaluated images the segmenter was trained on."""
    total = len(data.evaluated)
    if names is not None:
        count = len(set(names).intersection(data.evaluated.names))
        if not count:
            return []
        trained = f"was trained on {count} of the {total} evaluated images"
    elif data.side == "held_out" and seen == names_hash(data.training_names):
        return []
    else:
        trained = (
            f"may have been trained on some of the {total} evaluated images: "
            "its segmenter.json does not name those of its training"
        )
    return [
        f"The segmenter {trained}. It reads images that it knows better than "
        "new ones. Train it with the split of the run (pix2pixhd "
        "train-segmenter --seed --train-fraction --subset), and evaluate on "
        "the held-out side."
    ]


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
