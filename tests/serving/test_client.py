"""examples/serving_client.py, against both APIs."""

import builtins
import subprocess
import sys

import numpy as np
import pytest

pytest.importorskip("tensorflow_serving")

import serving_client

from tests.serving.conftest import ROOT
from tests.serving.label_maps import (
    assert_within_one_level,
    claim,
    label_png,
    labels,
    pixels_of,
    png,
)


@pytest.fixture
def folder(tmp_path, rng):
    """Three label maps in a folder, `maps`."""
    (tmp_path / "maps").mkdir()
    for name in "abc":
        file = label_png(labels(rng, 4, 6))
        (tmp_path / "maps" / f"{name}.png").write_bytes(file)
    return tmp_path


def run(place, *words, model="painter"):
    return serving_client.main([*map(str, words), *place, "--model", model])


def last_line(capsys):
    """Returns what was said on stderr, which is one line."""
    (line,) = capsys.readouterr().err.splitlines()
    return line


def test_a_label_map_becomes_a_photograph(place, gan, tmp_path, rng, capsys):
    label = labels(rng, 5, 8)
    (tmp_path / "map.png").write_bytes(label_png(label))
    target = tmp_path / "new" / "photo.png"
    version = ["--version", "1"]
    assert run(place, tmp_path / "map.png", "-o", target, *version) == 0
    photo = pixels_of(target.read_bytes())
    assert_within_one_level(photo[None], gan.generate(label[None]))
    assert capsys.readouterr().out == f"{target}\n"


def test_a_folder_becomes_a_folder(place, folder):
    target = folder / "photos"
    words = ["--concurrency", "2"]
    assert run(place, folder / "maps", "-o", target, *words) == 0
    found = sorted(path.name for path in target.iterdir())
    assert found == ["a.png", "b.png", "c.png"]


def test_instances_and_a_seed_are_sent(place, folder):
    instances = folder / "instances"
    instances.mkdir()
    for file in (folder / "maps").iterdir():
        instance = png(np.full((4, 6), ord(file.name[0]), "uint16"))
        (instances / file.name).write_bytes(instance)
    more = ["--instance", instances, "--seed", "12"]
    words = [folder / "maps", "-o", folder / "photos", *more]
    assert run(place, *words, model="echo") == 0
    for name in ("a.png", "b.png"):
        parts = [
            (folder / x / name).read_bytes() for x in ("maps", "instances")
        ]
        expected = b"|".join([*parts, b"12"])
        assert (folder / "photos" / name).read_bytes() == expected


def test_a_bad_file_does_not_stop_the_others(place, folder, capsys):
    (folder / "maps" / "b.png").write_bytes(b"GIF89a")
    assert run(place, folder / "maps", "-o", folder / "photos") == 2
    assert last_line(capsys).endswith("b.png must be a PNG file")
    found = sorted(path.name for path in (folder / "photos").iterdir())
    assert found == ["a.png", "c.png"]


def test_a_server_that_fails_stops_all(place, folder, served, capsys):
    served.faults[:] = ["INTERNAL"]
    before = served.questions
    words = ["--concurrency", "1", "--timeout", "20"]
    assert run(place, folder / "maps", "-o", folder / "photos", *words) == 1
    assert "on purpose" in last_line(capsys)
    assert served.questions - before < 3


@pytest.mark.parametrize(
    "content, words",
    [
        (b"GIF89a and so on, and so on", "map.png must be a PNG file"),
        (b"\x89PNG\r\n\x1a\n", "map.png must be a PNG file"),
        (claim(10_000, 10_000), "at most 16777216 pixels, not 10000 x 10000"),
        (None, "map.png: No such file or directory"),
    ],
)
def test_what_can_be_known_is_never_sent(
    place, tmp_path, served, capsys, content, words
):
    if content is not None:
        (tmp_path / "map.png").write_bytes(content)
    before = served.questions
    assert run(place, tmp_path / "map.png", "-o", tmp_path / "out.png") == 2
    assert words in last_line(capsys)
    assert served.questions == before
    assert not (tmp_path / "out.png").exists()


def test_what_the_server_refuses_is_one_line(place, tmp_path, served, capsys):
    whole = label_png(np.zeros((5, 7), "uint8"))
    (tmp_path / "map.png").write_bytes(whole[:-20])
    before = served.questions
    assert run(place, tmp_path / "map.png", "-o", tmp_path / "out.png") == 2
    line = last_line(capsys)
    assert "Invalid PNG data" in line and "{{" not in line
    assert served.questions == before + 1  # never repeated


@pytest.mark.parametrize(
    "words, model", [([], "cars"), (["--version", "7"], "painter")]
)
def test_an_unknown_model_is_a_mistake(place, folder, capsys, words, model):
    source = folder / "maps" / "a.png"
    target = folder / "photo.png"
    assert run(place, source, "-o", target, *words, model=model) == 2
    assert "Servable not found for request" in last_line(capsys)


def test_what_cannot_be_written_is_a_mistake(place, folder, capsys):
    source = folder / "maps" / "a.png"
    assert run(place, source, "-o", source) == 2
    assert "must not be what is read" in last_line(capsys)
    assert run(place, source, "-o", folder / "maps") == 2
    assert "Is a directory" in last_line(capsys)
    assert len(list((folder / "maps").iterdir())) == 3
    assert run(place, source, "-o", source / "photo.png") == 2
    assert run(place, folder, "-o", folder / "photos") == 2


def test_health(place, capsys, served):
    assert run(place, "--health") == 0
    assert capsys.readouterr().out == "painter 1 AVAILABLE\n"
    assert run(place, "--health", "--version", "1") == 0
    assert run(place, "--health", model="cars") == 2
    assert "Could not find any versions of model cars" in last_line(capsys)
    served.faults[:] = ["UNAVAILABLE"]
    assert run(place, "--health", "--retries", "0") == 1


@pytest.mark.parametrize(
    "words, message",
    [
        (["--url", "localhost:8501"], "--url must be like http://HOST:8501"),
        (["--url", "http://host:port"], "--url must be like http://HOST:8501"),
        (["--timeout", "0"], "invalid number of at least 0.001 value: '0'"),
        (["--concurrency", "0"], "invalid number of at least 1"),
        ([], "a label map and -o FILE are needed"),
    ],
)
def test_a_wrong_command_is_one_line(capsys, words, message):
    try:
        code = serving_client.main(["--model", "cars", *words])
    except SystemExit as stopped:
        code = stopped.code
    assert code == 2
    assert message in last_line(capsys)


def test_what_grpc_needs_is_named(capsys, monkeypatch):
    real = builtins.__import__

    def without(name, *args):
        if name.startswith("tensorflow_serving"):
            raise ImportError(name, name="tensorflow_serving")
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    words = ["--model", "cars", "--health", "--grpc", "localhost:8500"]
    assert serving_client.main(words) == 2
    assert "pip install tensorflow-serving-api" in last_line(capsys)


def test_rest_needs_the_standard_library_alone(url):
    # -S: without the packages that are installed
    client = ROOT / "examples" / "serving_client.py"
    words = ["--health", "--url", url, "--model", "painter"]
    done = subprocess.run(
        [sys.executable, "-S", client, *words], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "painter 1 AVAILABLE\n")
