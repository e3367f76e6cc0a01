import pathlib
import types

import pytest

from keras_pix2pixhd.cli import main


class Painted(list):
    """Stands for `Photographs`."""

    there, failed = 0, types.MappingProxyType({})

    @property
    def painted(self):
        return len(self) - self.there


@pytest.fixture
def photographs():
    return Painted([pathlib.Path("a.png"), pathlib.Path("b.png")])


@pytest.fixture
def calls(monkeypatch, photographs):
    """What reaches `generate_folder`, which paints two photographs."""
    found = []

    def fake(*arguments, **settings):
        found.append((arguments, settings))
        return photographs

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


def test_without_options_of_large_folders(calls):
    assert main(["generate", "run", "labels", "out"]) == 0
    (_, settings), *_ = calls
    assert settings["batch_size"] == settings["workers"] == 1
    assert settings["shard"] is None
    assert not settings["overwrite"] and not settings["keep_going"]


def test_the_options_of_large_folders_reach_the_library(calls):
    options = "--batch-size 8 --workers 4 --shard 2/3 --overwrite --keep-going"
    assert main(["generate", "run", "labels", "out", *options.split()]) == 0
    (_, settings), *_ = calls
    assert settings["batch_size"] == 8 and settings["workers"] == 4
    assert settings["shard"] == (1, 3)  # the first is 0
    assert settings["overwrite"] and settings["keep_going"]


@pytest.mark.parametrize("text", ["0/4", "5/4", "1", "a/b", "1/4/4", "-1/4"])
def test_shards_that_are_none(calls, capsys, text):
    with pytest.raises(SystemExit) as stop:
        main(["generate", "run", "labels", "out", f"--shard={text}"])
    assert stop.value.code == 2 and not calls
    words = f"must be I/N, two integers with 1 <= I <= N. Received: {text!r}"
    assert words in capsys.readouterr().err


def test_what_was_there_is_counted(calls, photographs, capsys):
    photographs.there = 1
    assert main(["generate", "run", "labels", "out"]) == 0
    expected = "1 photograph painted, 1 was there: out\n"
    assert capsys.readouterr().out == expected


def test_what_failed_is_listed_and_the_code_is_1(calls, photographs, capsys):
    photographs.failed = {i: f"{i}.png must be whole" for i in range(12)}
    command = ["generate", "run", "labels", "out", "--keep-going"]
    assert main(command) == 1
    out, err = capsys.readouterr()
    assert out == "2 photographs; 12 label maps failed: out\n"
    lines = err.splitlines()
    assert lines[0] == "failed: 0.png must be whole" and len(lines) == 11
    assert lines[-1] == "and 2 more, see failed*.txt there"
