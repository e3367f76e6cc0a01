"""All that is needed to get the numbers again."""

import datetime
import hashlib
import importlib.metadata
import platform

import keras
import numpy as np

import keras_pix2pixhd
from keras_pix2pixhd.evaluation.output_folder import FORMAT

_PACKAGES = ("keras", "numpy", "pillow")


def make_protocol(data, instruments, ranked_by, training, settings):
    """Returns the protocol of an evaluation, a dict fit for JSON.

    Args:
        data: `EvaluationData`.
        instruments: `Instruments`.
        ranked_by: str, the number that pairs are ranked by, or `None`.
        training: dict of `compare_training`, or `None`.
        settings: dict of the settings of `evaluate` that change a number.
    """
    pairs = data.evaluated
    protocol = instruments.protocol()
    protocol["settings"] |= settings
    now = datetime.datetime.now(datetime.UTC)
    return {
        "format": FORMAT,
        "created": now.isoformat(timespec="seconds"),
        "data": {**data.protocol(), "sha256": pixels_sha256(pairs.images())},
        "image_size": list(pairs.image_size),
        "resize_mode": pairs.resize_mode,
        "load_size": pairs.load_size and list(pairs.load_size),
        **protocol,
        "ranked_by": ranked_by,
        "training": training,
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
