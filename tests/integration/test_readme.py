"""The Python of the README runs, at a size that a test can bear."""

import pathlib
import re
import shutil

import keras
import pytest
from PIL import Image

from keras_pix2pixhd.data import write_toy_cars

README = pathlib.Path(__file__).parents[2] / "README.md"
SMALLER = {
    "(576, 768)": "(32, 48)",
    "subset=701": "subset=8",
    "epochs=28": "epochs=1",
    "GlobalGenerator(input_channels=32)": (
        "GlobalGenerator(32, filters=2, num_downsamplings=1, "
        "num_residual_blocks=0)"
    ),
    "input_channels=32 + 3)": (
        "input_channels=32 + 3, filters=2, num_layers=1, num_scales=1)"
    ),
    'PerceptualNetwork("imagenet")': "None",
}


def code(words):
    """The one Python block that holds `words`, made smaller."""
    blocks = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    (block,) = (block for block in blocks if words in block)
    for large, small in SMALLER.items():
        block = block.replace(large, small)
    return block


@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="it exports a SavedModel"
)
def test_training_saving_and_going_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_toy_cars(tmp_path / "DIR", 12, image_size=(32, 48))
    block = code("Pix2PixHDGAN(")
    assert all(small in block for small in SMALLER.values())
    names = {}
    exec(compile(block, str(README), "exec"), names)
    assert names["image"].shape == (32, 48, 3)
    assert (tmp_path / "saved_models/cars/1/saved_model.pb").exists()
    optimizer = names["again"].optimizer
    assert int(optimizer.iterations) == 2 * len(names["dataset"])


def test_pairing_by_hand(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for folder, name in (("photographs", "{}.jpg"), ("masks", "{}_mask.png")):
        (tmp_path / folder).mkdir()
        for i in range(4):
            path = tmp_path / folder / name.format(i)
            Image.new("L", (6, 4), i % 2).save(path)
    names = {}
    exec(compile(code("combine("), str(README), "exec"), names)
    assert len(names["train"]) + len(names["held_out"]) == 4


def test_weights_of_the_reference(tmp_path, monkeypatch, capsys):
    pytest.importorskip("torch", reason=".pth files are read with torch")
    folder = tmp_path / "checkpoints" / "label2city_512p"
    folder.mkdir(parents=True)
    golden = README.parent / "tests" / "golden" / "global_G.pth"
    shutil.copy(golden, folder / "latest_net_G.pth")
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(code("load_nvidia_generator"), str(README), "exec"), names)
    assert "GlobalGenerator(input_channels=6" in capsys.readouterr().out
    again = names["converters"].load_nvidia_generator("mine_net_G.pth")
    found, expected = (g.get_weights() for g in (again, names["generator"]))
    assert all((a == b).all() for a, b in zip(found, expected, strict=True))
