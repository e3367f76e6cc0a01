"""All that is needed to get the numbers again."""

import datetime
import hashlib
import importlib.metadata
import os
import platform

import keras
import numpy as np

import keras_pix2pixhd
from keras_pix2pixhd.evaluation.pairs.example_keeper import ranking_key
from keras_pix2pixhd.evaluation.pairs.training_side import compare_training
from keras_pix2pixhd.evaluation.results.output_folder import FORMAT

_PACKAGES = ("keras", "numpy", "pillow")


def make_protocol(data, instruments, runs, settings):
    """Returns the protocol of an evaluation, a dict fit for JSON.

    Args:
        data: `EvaluationData`.
        instruments: `Instruments`.
        runs: list of `RunEvaluation`s.
        settings: dict of the arguments of `evaluate` that change a number.
    """
    pairs = data.evaluated
    protocol = instruments.protocol()
    protocol["settings"] |= {k: _plain(x) for k, x in settings.items()}
    seen = instruments.reference
    sha256 = seen.sha256 if seen else pixels_sha256(pairs.images())
    now = datetime.datetime.now(datetime.UTC)
    return {
        "format": FORMAT,
        "created": now.isoformat(timespec="seconds"),
        "data": {**data.protocol(), "sha256": sha256},
        "image_size": list(pairs.image_size),
        "resize_mode": pairs.resize_mode,
        "load_size": pairs.load_size and list(pairs.load_size),
        **protocol,
        "ranked_by": ranking_key(runs[0].rows[0]),
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


def pixels_sha256(batches):
    """Returns the SHA-256 of images: that of a `FeatureReference` of them.

    Args:
        batches: iterable of `(batch, height, width, 3)` uint8 arrays.
    """
    digest = hashlib.sha256()
    for batch in batches:
        for image in batch:
            digest.update(repr(image.shape).encode())
            digest.update(np.ascontiguousarray(image).tobytes())
    return digest.hexdigest()


def _plain(value):
    """What JSON holds; of a path its text, of an object its kind."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, os.PathLike):
        return str(value)
    return type(value).__name__
