import json

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import read_pairs
from tests.carvana_folders import SIZE, write_carvana
from tests.evaluation.small_run import write_run

SPLIT = {"train": ["a0"], "held_out": ["a1", "b0", "b1"]}
HELD_OUT = ["a1_01", "a1_02", "b0_01", "b0_02", "b1_01", "b1_02"]
TRAIN = ["a0_01", "a0_02"]


@pytest.fixture(scope="session")
def cars(tmp_path_factory):
    """Eight pairs of 32 by 48 pixels, of which two train; read only."""
    folder = write_carvana(tmp_path_factory.mktemp("data") / "cars")
    (folder / "split.json").write_text(json.dumps(SPLIT))
    return folder


@pytest.fixture(scope="session")
def real(cars):
    """Dict from the name of a pair to its photograph."""
    pairs = read_pairs(cars)
    return {
        name: pairs.read(place)["image"]
        for place, name in enumerate(pairs.names)
    }


@pytest.fixture(scope="session")
def cars_run(tmp_path_factory, cars):
    """The folder of a run on the cars; read only."""
    return write_run(tmp_path_factory.mktemp("runs") / "0001-cars", cars)


@pytest.fixture
def painted(tmp_path, real):
    """Writes photographs, changed, as what another program generated."""

    def write(folder="theirs", change=lambda image, place: image, names=None):
        folder = tmp_path / folder
        folder.mkdir()
        for place, name in enumerate(names or HELD_OUT):
            image = change(real[name].astype("int64"), place)
            image = np.clip(image, 0, 255).astype("uint8")
            Image.fromarray(image).save(folder / f"{name}.png")
        return folder

    return write


@pytest.fixture
def quietly():
    """Arguments of every call: the data's size, no output, no printing."""
    return {"image_size": SIZE, "output": False, "log": lambda line: None}
