"""What the photographs of a folder were painted with."""

import hashlib
import json
import os
import pathlib

import keras
import numpy as np

from keras_pix2pixhd.features import FeatureClusters


def described_settings(gan, features, seed, places, **others):
    """Returns what decides how photographs look, in plain types.

    Args:
        gan: `Pix2PixHDGAN`.
        features: `FeatureClusters`, `"encode"` or None.
        seed: int; it counts where features are drawn.
        places: dict from `"target"`, `"source"`, `"instances"` and
            `"images"` to a path, `"components"` or None. Folders are told
            from the target, so that all may be moved together.
        **others: further settings.

    Returns:
        dict that JSON can hold.
    """
    drawn = isinstance(features, FeatureClusters)
    target = places.pop("target")
    return {
        "model": model_hash(gan),
        "features": clusters_hash(features) if drawn else features,
        "seed": int(seed) if drawn else None,
        **{name: _from(target, place) for name, place in places.items()},
        **others,
    }


def model_hash(gan):
    """Returns the SHA-256 of the weights that paint, and of the classes."""
    table, seen = gan.class_table, gan.semantic_input
    known = [
        table.get_config() if hasattr(table, "get_config") else table,
        seen.label_channels,
        seen.use_instance_edges,
        gan.features_follow if gan.feature_channels else None,
    ]
    digest = _begun(known)
    for network in (gan.inference_generator, gan.feature_encoder):
        for weight in network.weights if network is not None else ():
            _add(digest, keras.ops.convert_to_numpy(weight.value))
    return digest.hexdigest()


def clusters_hash(clusters):
    """Returns the SHA-256 of the styles that are drawn from."""
    digest = _begun(clusters.follow)
    for styles in clusters.centers:
        _add(digest, styles)
    return digest.hexdigest()


def _begun(known):
    text = json.dumps(known, sort_keys=True, default=str)
    return hashlib.sha256(text.encode())


def _add(digest, array):
    array = np.ascontiguousarray(array)
    digest.update(f"{array.dtype}{array.shape}".encode())
    digest.update(array.tobytes())


def _from(target, place):
    if place is None or place == "components":
        return place
    place = pathlib.Path(place).resolve()
    try:
        return os.path.relpath(place, pathlib.Path(target).resolve())
    except ValueError:  # on another drive
        return str(place)
