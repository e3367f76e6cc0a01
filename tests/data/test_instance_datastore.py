import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import InstanceDatastore


@pytest.mark.parametrize(
    "name, dtype, values",
    [
        ("a.png", "uint8", [0, 255]),
        ("a.png", "uint16", [26001, 65535]),
        ("a.tif", "int32", [0, 2147483647]),
    ],
)
def test_range(tmp_path, name, dtype, values):
    Image.fromarray(np.array([values], dtype)).save(tmp_path / name)
    instance = InstanceDatastore(tmp_path).read(0)
    assert instance.dtype == "int32"
    assert instance.tolist() == [values]


def test_palette_is_read_by_index(tmp_path):
    image = Image.fromarray(np.array([[2, 1]], "uint8"))
    image.putpalette([9, 9, 9, 8, 8, 8, 200, 0, 0])
    image.save(tmp_path / "a.png")
    assert InstanceDatastore(tmp_path).read(0).tolist() == [[2, 1]]


def test_black_and_white(tmp_path):
    Image.fromarray(np.array([[False, True]])).save(tmp_path / "a.png")
    assert InstanceDatastore(tmp_path).read(0).tolist() == [[0, 1]]


def test_colors_are_refused(tmp_path):
    Image.new("RGB", (2, 2)).save(tmp_path / "a.png")
    words = "a.png.*one integer channel.*'RGB'.*16-bit greyscale PNG"
    with pytest.raises(ValueError, match=words):
        InstanceDatastore(tmp_path).read(0)
