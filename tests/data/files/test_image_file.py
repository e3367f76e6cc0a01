import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import CARVANA, ImageDatastore, read_label
from keras_pix2pixhd.data.files.image_file import open_image
from tests.data.png_chunks import GREY, GREY_ALPHA, RGB, png

FORMATS = ["a.jpg", "a.png", "a.gif", "a.bmp", "a.tif", "a.webp", "a.ppm"]


def save(path, array):
    Image.fromarray(np.array(array)).save(path)
    return path


@pytest.fixture
def noise(rng):
    return rng.integers(0, 256, (40, 40, 3), "uint8")


@pytest.mark.parametrize("length", [600, -1])
@pytest.mark.parametrize("name", FORMATS)
def test_truncated(tmp_path, noise, name, length):
    path = save(tmp_path / name, noise)
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    if length == -1 and name in ("a.png", "a.gif", "a.jpg"):
        return  # Only the mark of the end is incomplete.
    with pytest.raises(ValueError, match=f'{name}" must be a complete image'):
        ImageDatastore(tmp_path).read(0)


def test_an_empty_file(tmp_path):
    (tmp_path / "a.png").touch()
    store = ImageDatastore(tmp_path)
    words = 'a.png" must be a complete image.*Received: an empty file'
    for question in (store.read, store.size):
        with pytest.raises(ValueError, match=words):
            question(0)


def test_text_named_like_an_image(tmp_path):
    (tmp_path / "a.png").write_text("hello")
    store = ImageDatastore(tmp_path)
    words = "a.png.*Received: a file that begins with b'hello', in no known"
    for question in (store.read, store.size):
        with pytest.raises(ValueError, match=words):
            question(0)


def test_wrong_extensions_do_not_matter(tmp_path):
    Image.new("RGB", (4, 2), (0, 0, 255)).save(tmp_path / "a.jpg")
    (tmp_path / "a.jpg").rename(tmp_path / "a.png")
    store = ImageDatastore(tmp_path)
    assert store.header(0).format == "JPEG"
    assert store.read(0).shape == (2, 4, 3)


def test_a_file_that_went_away(tmp_path):
    path = save(tmp_path / "a.png", np.zeros((1, 1), "uint8"))
    store = ImageDatastore(tmp_path)
    path.unlink()
    words = "a.png.*FileNotFoundError: No such file or directory"
    with pytest.raises(ValueError, match=words):
        store.read(0)


def test_a_folder_in_the_place_of_a_file(tmp_path):
    with pytest.raises(ValueError, match="IsADirectoryError: Is a directory"):
        open_image(tmp_path)


def test_the_way_out_is_named(tmp_path):
    (tmp_path / "a.png").touch()
    with pytest.raises(ValueError, match="Replace the file, or remove it tog"):
        open_image(tmp_path / "a.png")


@pytest.mark.parametrize("depth, row", [(2, b"\x1b"), (4, b"\x01\x23")])
def test_levels_as_stored(tmp_path, depth, row):
    path = tmp_path / "a.png"
    path.write_bytes(png(4, 1, depth, GREY, [row]))
    assert np.asarray(open_image(path, True)).tolist() == [[0, 1, 2, 3]]
    step = 85 if depth == 2 else 17
    expected = [[0, step, 2 * step, 3 * step]]
    assert np.asarray(open_image(path)).tolist() == expected


@pytest.mark.parametrize(
    "data",
    [
        b"P5 4 1 15 \0\1\7\x0f",
        b"P2 4 1 15 0 1 7 15",
        b"P5 4 1 1000 \0\0\0\1\0\7\0\x0f",
        b"P5 4 1 65535 \0\0\0\1\0\7\0\x0f",
        b"P5 4 1 255 \0\1\7\x0f",
    ],
)
def test_levels_of_pgm_as_stored(tmp_path, data):
    (tmp_path / "a.pgm").write_bytes(data)
    levels = np.asarray(open_image(tmp_path / "a.pgm", as_stored=True))
    assert levels.tolist() == [[0, 1, 7, 15]]


@pytest.mark.parametrize("largest", [3, 15, 99, 254, 256, 4095, 65534])
def test_every_level_comes_back(tmp_path, largest):
    levels = np.arange(largest + 1, dtype=">u2" if largest > 255 else "uint8")
    data = b"P5 %d 1 %d " % (largest + 1, largest) + levels.tobytes()
    (tmp_path / "a.pgm").write_bytes(data)
    stored = np.asarray(open_image(tmp_path / "a.pgm", as_stored=True))
    np.testing.assert_array_equal(stored, [levels])


@pytest.mark.parametrize(
    "depth, color, row, mode",
    [(16, RGB, 6, "RGB;16B"), (16, GREY_ALPHA, 4, "LA;16B")],
)
def test_labels_of_which_8_bits_would_be_lost(
    tmp_path, depth, color, row, mode
):
    path = tmp_path / "a.png"
    path.write_bytes(png(1, 1, depth, color, [bytes(row)]))
    words = f"a.png.*colours of 8 bits.*mode '{mode}' with levels up to 65535"
    with pytest.raises(ValueError, match=words):
        read_label(path, CARVANA)


def test_colors_of_few_levels_are_no_labels(tmp_path):
    (tmp_path / "a.ppm").write_bytes(b"P6 1 1 15 \0\0\0")
    words = "mode 'RGB' with levels up to 15"
    with pytest.raises(ValueError, match=words):
        read_label(tmp_path / "a.ppm", CARVANA)


CODE = """
import os, sys
from keras_pix2pixhd.data import ImageDatastore
locked, file = sys.argv[1:]
store = ImageDatastore(file)
store.read(0)  # the other user may not read Python's files: import them now
os.chmod(store.files[0], 0)
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
for question in (
    lambda: ImageDatastore(locked),
    lambda: ImageDatastore(os.path.dirname(locked), recursive=True),
    lambda: ImageDatastore(os.path.join(locked, "inside")),
    lambda: store.read(0),
    lambda: store.header(0),
):
    try:
        question()
    except ValueError as error:
        print(error)
"""


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no users here")
def test_an_unprivileged_user():
    # pytest's own folders are closed to other users
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        (folder / "locked" / "inside").mkdir(parents=True)
        (folder / "file").mkdir()
        save(folder / "file" / "a.png", np.zeros((1, 1), "uint8"))
        (folder / "locked").chmod(0)
        done = subprocess.run(
            [sys.executable, "-c", CODE, folder / "locked", folder / "file"],
            capture_output=True,
            text=True,
        )
        (folder / "locked").chmod(0o755)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 5
    for line, path in zip(
        lines[:3], ["locked", "locked", "inside"], strict=True
    ):
        assert "`folder` must be a folder that can be read" in line
        assert f'{path}": Permission denied' in line
    for line in lines[3:]:
        assert 'a.png" must be a complete image file' in line
        assert "Received: PermissionError: Permission denied." in line
