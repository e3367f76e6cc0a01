"""The reference's numbers: inputs, outputs and weights.

Needs no torch: `weights.npz` holds the state dicts as arrays, with torch's
keys and torch's axis order, as `keras_pix2pixhd.converters` reads them.
"""

import pathlib

import numpy as np

FOLDER = pathlib.Path(__file__).parent


def cases():
    """All inputs and outputs, by the names that README.md lists."""
    with np.load(FOLDER / "cases.npz") as file:
        return dict(file)


def network_input(cases):
    """One-hot labels of 5 classes and the edges, as the reference saw them."""
    one_hot = np.eye(5, dtype="float32")[cases["label"]]
    return np.concatenate([one_hot, cases["edge"][..., None]], axis=-1)


def state_dict(case):
    """The weights of one case: torch key -> array in torch's layout."""
    with np.load(FOLDER / "weights.npz") as file:
        found = {
            key.removeprefix(f"{case}/"): file[key]
            for key in file.files
            if key.startswith(f"{case}/")
        }
    if not found:
        raise KeyError(f"weights.npz has no case {case!r}.")
    return found
