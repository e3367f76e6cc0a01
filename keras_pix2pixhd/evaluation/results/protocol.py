"""All that is needed to get the numbers again."""

import datetime
import importlib.metadata
import os
import platform

import keras
import numpy as np

import keras_pix2pixhd
from keras_pix2pixhd.evaluation.pairs.data_hashes import data_hashes
from keras_pix2pixhd.evaluation.pairs.example_keeper import ranking_key
from keras_pix2pixhd.evaluation.pairs.training_side import compare_training
from keras_pix2pixhd.evaluation.results.output_folder import FORMAT

_PACKAGES = ("keras", "numpy", "pillow")


def make_protocol(data, instruments, runs, settings, arguments=None):
    """Returns the protocol of an evaluation, a dict fit for JSON.

    Args:
        data: `EvaluationData`.
        instruments: `Instruments`.
        runs: list of `RunEvaluation`s.
        settings: dict of the arguments of `evaluate` that change a number.
        arguments: dict of the arguments of `evaluate` as they were given.
    """
    pairs = data.evaluated
    protocol = instruments.protocol()
    protocol["settings"] |= _plain(settings)
    protocol["settings"]["kid_subset_size"] = _kid_subset_size(runs[0].metrics)
    now = datetime.datetime.now(datetime.UTC)
    return {
        "format": FORMAT,
        "created": now.isoformat(timespec="seconds"),
        "data": {**data.protocol(), **data_hashes(pairs)},
        "image_size": list(pairs.image_size),
        "resize_mode": pairs.resize_mode,
        "load_size": pairs.load_size and list(pairs.load_size),
        **protocol,
        "ranked_by": ranking_key(runs[0].rows[0]),
        "arguments": _plain(arguments or {}),
        "training": compare_training(instruments),
        "versions": versions(),
    }


def versions():
    """Returns the versions of what computed, a dict."""
    backend = keras.backend.backend()
    packages = (*_PACKAGES, backend)
    return {
        "keras_pix2pixhd": keras_pix2pixhd.__version__,
        "python": platform.python_version(),
        "backend": backend,
        **{name: importlib.metadata.version(name) for name in packages},
    }


def _kid_subset_size(numbers):
    """The size that was taken, where none was asked for."""
    for key in numbers:
        if key.startswith("kid_"):
            return int(key.rpartition("x")[2])
    return None


def _plain(value):
    """What JSON holds; of a path its text, of an object its kind."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, np.integer):
        return int(value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, os.PathLike):
        return str(value)
    return type(value).__name__
