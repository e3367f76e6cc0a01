"""The `.npz` file of `FeatureReference`."""

import json
import pathlib
import uuid

import numpy as np

FORMAT = "keras_pix2pixhd reference 2"


def write_reference(reference, path):
    """Implements `FeatureReference.save`."""
    path = pathlib.Path(path)
    description = {
        "format": FORMAT,
        "network_key": reference.network_key,
        "sha256": reference.sha256,
    }
    arrays = {
        "description": np.array(json.dumps(description)),
        "features": reference.features,
    }
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            # an open file, or NumPy would add .npz to the name
            with open(part, "wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ValueError(
            f'"{path}" must be a file that can be written. Received: {error}'
        ) from error


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
