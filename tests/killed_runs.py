"""Runs that are ended in the middle, and what must be equal afterwards."""

import csv
import io
import zipfile

import h5py
import numpy as np

from keras_pix2pixhd import preset
from keras_pix2pixhd.callbacks import WholeEpochs

# as small as can be: the networks' depth is tested by the smoke runs
SMALLEST = {
    "image_size": (32, 48),
    "filters": 2,
    "num_downsamplings": 1,
    "num_residual_blocks": 0,
    "discriminator_filters": 2,
    "discriminator_layers": 1,
    "discriminator_scales": 1,
    "toy_scenes": 8,
    "samples": 1,
    "evaluation_images": 1,
    "validation_images": 1,
    "perceptual": "none",
}
TINY = {
    **SMALLEST,
    "decay_epochs": 1,
    "steps_per_epoch": 3,
    "epochs": 2,
    "checkpoint_every": 2,
}
TIMING = {"images_per_second"}


def tiny(output, **changes):
    return preset("toy").replace({**TINY, "output": str(output), **changes})


class Killed(BaseException):
    """Stands for the end of the process."""


def kill_at(monkeypatch, step):
    """Lets the next training end after so many steps."""

    class Kill(WholeEpochs):
        left = step

        def on_train_batch_end(self, batch, logs=None):
            super().on_train_batch_end(batch, logs)
            Kill.left -= 1
            if Kill.left == 0:
                raise Killed

    monkeypatch.setattr("keras_pix2pixhd.runs.fit.WholeEpochs", Kill)


def rows_of(folder):
    """The history, without what a clock says."""
    with (folder / "history.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [{k: v for k, v in r.items() if k not in TIMING} for r in rows]


def arrays_of(checkpoint):
    """What a checkpoint holds, byte for byte, but for its header."""
    with zipfile.ZipFile(checkpoint) as archive:
        names = [n for n in archive.namelist() if n.endswith(".npy")]
        return {name: archive.read(name) for name in names}


def assert_same_run(folder, other):
    """Checks that two runs are equal to the bit, but for timing."""
    assert rows_of(folder) == rows_of(other)
    places = [
        {
            path.relative_to(run)
            for path in run.rglob("*")
            if "toy_cars" not in path.parts and path.is_file()
        }
        for run in (folder, other)
    ]
    assert places[0] == places[1]
    for place in sorted(places[0]):
        if place.suffix == ".npz":
            assert arrays_of(folder / place) == arrays_of(other / place), place
        if place.suffix == ".png" or place.name in ("metrics.json",):
            mine, theirs = (
                (run / place).read_bytes() for run in (folder, other)
            )
            assert mine == theirs, place
        if place.suffix == ".keras":
            assert_same_model(folder / place, other / place)


def assert_same_model(path, other):
    """Checks networks and optimizers, byte for byte, as they are stored."""
    mine, theirs = stored_in(path), stored_in(other)
    assert mine.keys() == theirs.keys() and len(mine) > 0
    assert any(name.startswith("optimizer/") for name in mine)
    for name, array in mine.items():
        np.testing.assert_array_equal(array, theirs[name], name)


def stored_in(path):
    """The arrays of a `.keras` file."""
    arrays = {}

    def add(name, place):
        if isinstance(place, h5py.Dataset):
            arrays[name] = place[()]

    with zipfile.ZipFile(path) as archive:
        content = io.BytesIO(archive.read("model.weights.h5"))
    with h5py.File(content, "r") as file:
        file.visititems(add)
    return arrays
