"""What tells the pairs of one evaluation from those of another."""

import hashlib

import numpy as np

from keras_pix2pixhd.metrics.distributions.array_hash import add_arrays
from keras_pix2pixhd.segmentation.protocol import names_hash

_KINDS = {  # key in the protocol, and what the numbers are hashed as
    "image": ("sha256", "uint8"),
    "label": ("labels_sha256", "<i4"),
    "instance": ("instances_sha256", "<i8"),
}


def data_hashes(pairs):
    """Returns the SHA-256 of all that is read of pairs, at their size.

    Args:
        pairs: `EvaluatedPairs`.

    Returns:
        Dict of `names_sha256`, that of the sorted names, one a line;
        `sha256`, that of the photographs, as of a `FeatureReference` of
        them; `labels_sha256`, of class indices, or of the images that are
        painted from; and `instances_sha256`, where the data has instances.
    """
    hashes = {"names_sha256": names_hash(pairs.names)}
    digests = {}
    for _, batch in pairs.batches():
        for kind, arrays in batch.items():
            key, dtype = _KINDS[kind]
            digest = digests.setdefault(key, hashlib.sha256())
            add_arrays(digest, np.asarray(arrays).astype(dtype))
    return hashes | {key: each.hexdigest() for key, each in digests.items()}


def pixels_sha256(batches):
    """Returns the SHA-256 of images: that of a `FeatureReference` of them.

    Args:
        batches: iterable of `(batch, height, width, 3)` uint8 arrays.
    """
    digest = hashlib.sha256()
    for batch in batches:
        add_arrays(digest, batch)
    return digest.hexdigest()
