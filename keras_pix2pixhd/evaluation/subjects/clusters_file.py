"""Which file styles are drawn from."""

import os
import pathlib

from keras_pix2pixhd.features.cluster_file import FEATURES_FILE
from keras_pix2pixhd.file_hash import sha256_of_file


def described_clusters(model, features):
    """Returns what tells the clusters that styles are drawn from.

    Args:
        model: `pathlib.Path` of the model, or `None`.
        features: `"sample"`, for those beside the model; a path; or
            `FeatureClusters`.

    Returns:
        Dict of `path` and `sha256` of the file, fit for JSON; both `None`
        for clusters in memory.
    """
    if not isinstance(features, (str, os.PathLike)):
        return {"path": None, "sha256": None}
    file = pathlib.Path(features)
    if features == "sample":
        folder = model if model.is_dir() else model.parent
        file = folder / FEATURES_FILE
    return {"path": str(file), "sha256": sha256_of_file(file)}
