"""The `.npz` file of `FeatureReference`."""

import json

import numpy as np

from keras_pix2pixhd.whole_file import whole_file

FORMAT = "keras_pix2pixhd reference 2"


def write_reference(reference, path):
    """Implements `FeatureReference.save`."""
    description = {
        "format": FORMAT,
        "network_key": reference.network_key,
        "sha256": reference.sha256,
    }
    arrays = {
        "description": np.array(json.dumps(description)),
        "features": reference.features,
    }
    with whole_file(path) as part:
        # an open file, or NumPy would add .npz to the name
        with open(part, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)


def read_reference(make, path):
    """Implements `FeatureReference.load`; `make` is the class."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            description = json.loads(str(arrays["description"]))
            if description.pop("format") != FORMAT:
                raise ValueError("another format")
            return make(arrays["features"], **description)
    except Exception as error:  # of any type, for a file of any content
        raise ValueError(
            f'"{path}" must be a file as FeatureReference.save writes it. '
            f"Received: {type(error).__name__}: {error}"
        ) from error
