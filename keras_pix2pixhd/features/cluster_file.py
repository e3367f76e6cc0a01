"""The `.npz` file of `FeatureClusters`."""

import json
import pathlib
import zipfile

import numpy as np

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.whole_file import whole_file

FEATURES_FILE = "features.npz"
FORMAT = "keras_pix2pixhd features 1"


def write_clusters(clusters, path):
    """Implements `FeatureClusters.save`."""
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
    # an open file, or NumPy would add .npz to the name
    with whole_file(path) as part, open(part, "wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


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
