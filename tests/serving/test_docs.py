"""The calls of docs/serving.md are made as they are written there."""

import pathlib
import re
import shutil
import subprocess

import pytest

from tests.serving.label_maps import (
    IDS,
    assert_within_one_level,
    labels,
    pixels_of,
    png,
)

GUIDE = pathlib.Path(__file__).parents[2] / "docs" / "serving.md"


def block(word):
    """Returns the block of code in the guide that has the word."""
    blocks = re.findall(r"```\w+\n(.*?)```", GUIDE.read_text("utf-8"), re.S)
    (found,) = [code for code in blocks if word in code]
    return found.replace("models/cars", "models/painter").replace(
        '"cars"', '"painter"'
    )


@pytest.fixture
def expected(gan, rng, tmp_path):
    """The photograph of MAP.png."""
    label = labels(rng, 1, 6, 9)
    (tmp_path / "MAP.png").write_bytes(png(IDS[label[0]]))
    return gan.generate(label)[0]


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
def test_over_rest(url, expected, tmp_path):
    code = block("base64 -w0").replace("http://localhost:8501", url)
    command = ["bash", "-ec", f"set -o pipefail; {code}"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=60)
    photo = (tmp_path / "PHOTO.png").read_bytes()
    assert_within_one_level(pixels_of(photo), expected)


def test_over_grpc(address, expected, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, names = block("Stub(channel)"), {}
    exec(code.replace("localhost:8500", address), names)
    assert_within_one_level(pixels_of(names["photo"]), expected)
