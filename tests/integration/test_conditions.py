"""A whole run without classes: images to images."""

import json

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.cli import main
from keras_pix2pixhd.generation import load_gan
from tests.integration.test_train import AS_OPTIONS

SIZE = (32, 48)


def write_images(folder, rng, count=4):
    folder.mkdir()
    for number in range(count):
        pixels = rng.integers(0, 256, (*SIZE, 3), dtype="uint8")
        Image.fromarray(pixels).save(folder / f"{number}.png")


@pytest.mark.slow
def test_train_and_generate(tmp_path, rng, capsys):
    """The reference's folders: train_A is painted from, train_B painted."""
    data, run = tmp_path / "data", tmp_path / "runs" / "0001-toy"
    data.mkdir()
    write_images(data / "train_A", rng)
    write_images(data / "train_B", rng)
    options = ["--data", data, "--output", tmp_path / "runs", "--preset", "toy"]
    options += [*AS_OPTIONS, "--steps", 1, "--set", "diff_augment=color,cutout"]
    assert main(["train", *map(str, options)]) == 0
    out, _ = capsys.readouterr()
    assert f"pix2pixhd generate {run} {data / 'train_A'}" in out
    metrics = json.loads((run / "metrics.json").read_text())
    assert "class_color_error" not in metrics["trained"]
    assert (run / "samples" / "epoch_001.png").is_file()
    if keras.backend.backend() == "tensorflow":
        assert (run / "saved_model" / "1" / "saved_model.pb").is_file()
    painted = run / "generated"
    paint = ["generate", run, data / "train_A", painted]
    assert main([*map(str, paint)]) == 0
    assert len(list(painted.glob("*.png"))) == 4
    condition = np.asarray(Image.open(data / "train_A" / "2.png"))
    expected = load_gan(run).generate(condition[None])[0]
    found = np.asarray(Image.open(painted / "2.png"))
    np.testing.assert_array_equal(found, expected)
