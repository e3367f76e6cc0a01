"""The Python of docs/resuming.md runs."""

import csv
import pathlib
import re

import keras
import pytest

from keras_pix2pixhd.data import read_pairs, write_toy_cars
from keras_pix2pixhd.runs import build_gan
from tests.killed_runs import tiny

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "resuming.md"


def code(epochs):
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    (block,) = (block for block in blocks if "restore_checkpoint" in block)
    for large, small in {
        "STEPS, EPOCHS = 1000, 20": f"STEPS, EPOCHS = 2, {epochs}",
        "every=200": "every=1",
        "(64, 96)": "(32, 48)",
    }.items():
        assert large in block
        block = block.replace(large, small)
    return compile(block, str(PAGE), "exec")


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="tf.data feeds it"
)
def test_a_loop_of_your_own_goes_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_toy_cars(tmp_path / "cars", 4, image_size=(32, 48))
    pairs = read_pairs(tmp_path / "cars")
    for epochs in (1, 2, 2):
        gan = build_gan(tiny(tmp_path), pairs.class_table, 2)
        names = {"gan": gan, "pairs": pairs}
        exec(code(epochs), names)
        assert names["saved"].position == (epochs, 0, 2 * epochs)
    with open("history.csv", newline="") as file:
        assert [row["steps"] for row in csv.DictReader(file)] == ["2", "4"]
