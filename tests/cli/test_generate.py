import pathlib

import pytest

from keras_pix2pixhd.cli import main


@pytest.fixture
def calls(monkeypatch):
    """What reaches `generate_folder`, which paints two photographs."""
    found = []

    def fake(*arguments, **settings):
        found.append((arguments, settings))
        return [pathlib.Path("a.png"), pathlib.Path("b.png")]

    monkeypatch.setattr("keras_pix2pixhd.generation.generate_folder", fake)
    return found


def test_the_arguments_reach_the_library(calls, capsys):
    assert main(["generate", "run", "labels", "out"]) == 0
    (arguments, settings), *_ = calls
    assert arguments == ("run", "labels", "out")
    assert settings["image_size"] is None and settings["instances"] is None
    assert capsys.readouterr().out == "2 photographs: out\n"


def test_the_options_reach_the_library(calls):
    options = ["--image-size", "64", "96", "--instances", "numbers"]
    assert main(["generate", "run", "labels", "out", *options]) == 0
    (_, settings), *_ = calls
    assert settings["image_size"] == (64, 96)
    assert settings["instances"] == "numbers"


def test_without_options_of_features(calls):
    assert main(["generate", "run", "labels", "out"]) == 0
    (_, settings), *_ = calls
    assert settings["features"] is None and settings["images"] is None
    assert settings["seed"] == 0 and settings["styles"] is None


def test_the_options_of_features_reach_the_library(calls, capsys):
    options = "--features encode --images photos --seed 4 --styles 2".split()
    assert main(["generate", "run", "labels", "out", *options]) == 0
    (_, settings), *_ = calls
    assert settings["features"] == "encode" and settings["images"] == "photos"
    assert settings["seed"] == 4 and settings["styles"] == 2
    # the photographs are not called as the output
    assert capsys.readouterr().out == "2 photographs: .\n"
