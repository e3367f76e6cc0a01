"""Features of real images, computed once."""

import hashlib
import pathlib

import numpy as np

from keras_pix2pixhd.metrics.distributions.array_hash import add_arrays
from keras_pix2pixhd.metrics.distributions.feature_reference import (
    FeatureReference,
)
from keras_pix2pixhd.metrics.distributions.image_checks import checked_pixels


def reference_features(network, images, cache=None, progress=None):
    """Computes the features of real images, or takes them from a cache.

    The images are gone through twice: for their hash and, where no file of
    the cache fits, for their features. The hash is the SHA-256 of all pixels,
    with the shape of each image, in their order; the batch size does not
    matter.

    Args:
        network: `FeatureNetwork`.
        images: function without arguments that returns an iterator of
            batches, `(batch, height, width, 3)` uint8, the same every time.
        cache: folder of files `KEY_SHA256.npz`, or `None` (default). It is
            made if need be. A file that is damaged is made anew.
        progress: function that is called after each batch with the number of
            images done and that of all; not when they come from the cache.

    Returns:
        `FeatureReference`.

    Raises:
        ValueError: if `images` is no function, there are no images, or others
            the second time, or the cache cannot be written.
    """
    if not callable(images):
        raise ValueError(
            "images must be a function that returns an iterator: they are "
            f"gone through twice. Received: {type(images).__name__}. For a "
            "list of batches, give lambda: iter(batches)."
        )
    sha256, total = _hashed(images)
    path = None
    if cache is not None:
        path = pathlib.Path(cache) / f"{network.key}_{sha256}.npz"
        found = _from_cache(path, network, sha256, total)
        if found is not None:
            return found
    digest, parts, done = hashlib.sha256(), [], 0
    for batch in images():
        add_arrays(digest, checked_pixels(batch))
        parts.append(network(batch))
        done += len(batch)
        if progress is not None:
            progress(done, total)
    if digest.hexdigest() != sha256:
        raise ValueError(
            "images() must return the same images every time. Received: "
            "others the second time. Do not shuffle or augment them."
        )
    made = FeatureReference(np.concatenate(parts), network.key, sha256)
    if path is not None:
        made.save(path)
    return made


def _hashed(images):
    digest, total = hashlib.sha256(), 0
    for batch in images():
        add_arrays(digest, checked_pixels(batch))
        total += len(batch)
    if not total:
        raise ValueError(
            "images() must return at least one image. Received: none"
        )
    return digest.hexdigest(), total


def _from_cache(path, network, sha256, total):
    """The reference in the file; `None` where it is not what is wanted."""
    if not path.is_file():
        return None
    try:
        found = FeatureReference.load(path)
    except ValueError:
        return None
    wanted = (network.key, sha256, total, network.dimensions)
    held = (found.network_key, found.sha256, found.images, found.dimensions)
    return found if held == wanted else None
