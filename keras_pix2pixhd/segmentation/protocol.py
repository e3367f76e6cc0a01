"""What segmenter.json says of how a segmenter was trained."""

import dataclasses
import datetime
import hashlib
import platform

import keras

import keras_pix2pixhd
from keras_pix2pixhd.segmentation.batches import AUGMENTATION
from keras_pix2pixhd.segmentation.fitting import LEARNING_RATE

FORMAT = "keras_pix2pixhd segmenter 1"


def protocol(config, parts, segmenter):
    """Returns all that somebody needs to train the same again.

    Args:
        config: `RunConfig` of the data, size, steps and seed.
        parts: `Split` of the data.
        segmenter: `Segmenter`.

    Returns:
        Dict, fit for JSON.
    """
    table = parts.train.class_table
    names, colors = table.names, map(list, table.colors)
    now = datetime.datetime.now(datetime.UTC)
    return {
        "format": FORMAT,
        "created": now.isoformat(timespec="seconds"),
        "data": {
            "folder": config.data,
            "layout": config.layout,
            "split": parts.note,
            "train_fraction": config.train_fraction,
            "subset": config.subset,
            "train": _side(parts.train),
            "held_out": _side(parts.held_out),
            "classes": [
                {"name": name, "color": color}
                for name, color in zip(names, colors, strict=True)
            ],
        },
        "image_size": list(config.image_size),
        "resize_mode": config.resize_mode,
        "training": {
            "steps": config.steps,
            "batch_size": config.batch_size,
            "seed": config.seed,
            "optimizer": "adam",
            "learning_rate": LEARNING_RATE,
            "loss": "cross-entropy, classes weighted by 1/sqrt(pixels)",
            "augmentation": _augmentation(),
        },
        "model": {
            "filters": segmenter.filters,
            "num_downsamplings": segmenter.num_downsamplings,
            "parameters": segmenter.count_params(),
        },
        "versions": {
            "keras_pix2pixhd": keras_pix2pixhd.__version__,
            "keras": keras.__version__,
            "backend": keras.backend.backend(),
            "python": platform.python_version(),
        },
    }


def names_hash(names):
    """Returns the sha256 of the names of pairs, one a line, sorted.

    >>> names_hash(["b", "a"]) == names_hash(["a", "b"])
    True
    """
    lines = "".join(f"{name}\n" for name in sorted(names))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def _side(pairs):
    return {
        "images": len(pairs),
        "names_sha256": names_hash(pairs.names),
        "names": list(pairs.names),
    }


def _augmentation():
    settings = dataclasses.asdict(AUGMENTATION)
    return {k: v for k, v in settings.items() if k != "layer"}
