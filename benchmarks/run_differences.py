"""What two run folders differ in, to the bit, but for what a clock says."""

import csv
import io
import json
import zipfile

import h5py

TIMING = {"images_per_second"}
# where the run lies is in its settings; a SavedModel has names that are
# counted; locks and logs say when and who
LEFT_OUT = {"saved_model", "tensorboard", "run.lock"}


def run_differences(run, other):
    """Compares the files of two runs.

    Returns:
        `(found, compared)`: list of differences, and what was compared, str.
    """
    sides = [_files(run), _files(other)]
    found = [f"{name} is in one only" for name in sides[0] ^ sides[1]]
    arrays = 0
    for name in sorted(sides[0] & sides[1]):
        contents = [_content(folder / name) for folder in (run, other)]
        arrays += len(contents[0]) if isinstance(contents[0], dict) else 0
        if contents[0] != contents[1]:
            found.append(name)
    return found, f"{len(sides[0])} files, {arrays} arrays in them"


def _files(run):
    names = {path.relative_to(run) for path in run.rglob("*") if path.is_file()}
    return {str(n) for n in names if not LEFT_OUT & {*n.parts}}


def _content(path):
    """What of a file must be equal."""
    if path.suffix == ".npz":
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.endswith(".npy")]
            return {name: archive.read(name) for name in names}
    if path.suffix == ".keras":
        with zipfile.ZipFile(path) as archive:
            return _arrays(archive.read("model.weights.h5"))
    if path.name == "history.csv":
        with path.open(newline="") as file:
            rows = list(csv.DictReader(file))
        return [{k: row[k] for k in row.keys() - TIMING} for row in rows]
    if path.name == "config.json":
        return {**json.loads(path.read_text()), "output": None}
    return path.read_bytes()


def _arrays(h5_bytes):
    arrays = {}

    def note(name, item):
        if isinstance(item, h5py.Dataset):
            arrays[name] = (item.dtype.str, item.shape, item[()].tobytes())

    with h5py.File(io.BytesIO(h5_bytes)) as file:
        file.visititems(note)
    return arrays
