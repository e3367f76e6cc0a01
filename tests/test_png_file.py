import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.png_file import write_png

CODE = """
import os, pathlib, sys
import numpy as np
from PIL import PngImagePlugin  # the other user may not read Python's files
from keras_pix2pixhd.png_file import write_png
if os.getuid() == 0:
    os.setuid(65534)
try:
    write_png(np.zeros((2, 2, 3), "uint8"), pathlib.Path(sys.argv[1]))
except ValueError as error:
    print(error)
"""


def test_makes_folders_and_replaces(tmp_path, rng):
    path = tmp_path / "a" / "b" / "x.png"
    for _ in range(2):
        image = rng.integers(0, 256, (4, 5, 3)).astype("uint8")
        write_png(image, path)
        np.testing.assert_array_equal(np.asarray(Image.open(path)), image)
    assert os.listdir(path.parent) == ["x.png"]


def test_what_fails_leaves_the_file_of_before(tmp_path):
    path = tmp_path / "x.png"
    path.write_text("before")
    with pytest.raises(TypeError):
        write_png(np.zeros((2, 2, 3), "float64"), path)
    assert os.listdir(tmp_path) == ["x.png"]
    assert path.read_text() == "before"


def test_a_folder_in_the_place_of_the_file(tmp_path):
    (tmp_path / "x.png").mkdir()
    with pytest.raises(ValueError, match='x.png" must be a file that can'):
        write_png(np.zeros((2, 2, 3), "uint8"), tmp_path / "x.png")
    assert os.listdir(tmp_path) == ["x.png"]


def test_a_locked_folder():
    # pytest's own folders are closed to other users
    with tempfile.TemporaryDirectory() as name:
        locked = pathlib.Path(name) / "locked"
        locked.parent.chmod(0o755)
        locked.mkdir(mode=0o555)
        done = subprocess.run(
            [sys.executable, "-c", CODE, locked / "x.png"],
            capture_output=True,
            text=True,
        )
        assert not os.listdir(locked)
    words = 'x.png" must be a file that can be written. Received: [Errno 13]'
    assert words in done.stdout, done.stderr


def test_a_part_of_another_process_of_the_same_number_is_left(tmp_path):
    # in a container every process may have the number 1
    other = tmp_path / f".x.png.{os.getpid()}.part"
    other.write_text("half")
    write_png(np.zeros((2, 2, 3), "uint8"), tmp_path / "x.png")
    assert other.read_text() == "half"


@pytest.mark.parametrize("dtype, mode", [("uint8", "L"), ("uint16", "I;16")])
def test_one_channel_of_8_or_16_bits(tmp_path, dtype, mode):
    numbers = np.array([[0, 7], [200, np.iinfo(dtype).max]], dtype)
    write_png(numbers, tmp_path / "x.png")
    image = Image.open(tmp_path / "x.png")
    assert image.mode == mode
    assert np.asarray(image).tolist() == numbers.tolist()


def test_a_name_as_long_as_names_can_be(tmp_path):
    path = tmp_path / f"{'x' * 251}.png"
    write_png(np.zeros((2, 2, 3), "uint8"), path)
    assert path.exists()
