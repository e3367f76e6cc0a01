"""The `.npz` file of `FeatureClusters`."""

import json
import os
import pathlib
import zipfile

import numpy as np

from keras_pix2pixhd.data import ClassTable

FEATURES_FILE = "features.npz"
FORMAT = "keras_pix2pixhd features 1"


def write_clusters(clusters, path):
    """Implements `FeatureClusters.save`."""
    path = pathlib.Path(path)
    table = clusters.class_table
    description = {
        "format": FORMAT,
        "class_table": table.get_config()
        if hasattr(table, "names")
        else int(table),
        "follow": clusters.follow,
        "source": clusters.source,
        "images": clusters.images,
    }
    arrays = {
        "description": np.array(json.dumps(description)),
        "styles": np.array([len(styles) for styles in clusters.centers]),
        "samples": np.array(clusters.samples),
        "centers": np.concatenate(clusters.centers),
    }
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        # an open file, or NumPy would add .npz to the name
        with open(part, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        part.replace(path)
    except OSError as error:
        raise ValueError(
            f'"{path}" must be a file that can be written. Received: {error}'
        ) from error
    finally:
        part.unlink(missing_ok=True)


def read_clusters(make, path):
    """Implements `FeatureClusters.load`; `make` is the class."""
    path = pathlib.Path(path)
    if not path.is_file():
        raise ValueError(
            f'The features must be in a file. Received: "{path}", which is '
            "missing. Fit them first: pix2pixhd features fit RUN."
        )
    try:
        if not zipfile.is_zipfile(path):
            raise ValueError("another kind of file, or an incomplete one")
        with np.load(path, allow_pickle=False) as arrays:
            return make(**_arguments(arrays))
    except Exception as error:  # of any type, for a file of any content
        raise ValueError(
            f'"{path}" must be a file as FeatureClusters.save writes it. '
            f"Received: {error}"
        ) from error


def _arguments(arrays):
    description = json.loads(str(arrays["description"]))
    if description["format"] != FORMAT:
        raise ValueError(f"format={description['format']!r}")
    table = description["class_table"]
    if arrays["styles"].ndim != 1 or arrays["styles"].min(initial=0) < 0:
        raise ValueError("numbers of styles that are none")
    ends = np.cumsum(arrays["styles"])
    if ends[-1] != len(arrays["centers"]):
        raise ValueError(
            f"{len(arrays['centers'])} styles in place of {ends[-1]}"
        )
    return {
        "centers": np.split(arrays["centers"], ends[:-1]),
        "class_table": table
        if isinstance(table, int)
        else ClassTable.from_config(table),
        "follow": description["follow"],
        "samples": arrays["samples"],
        "source": description["source"],
        "images": description["images"],
    }
