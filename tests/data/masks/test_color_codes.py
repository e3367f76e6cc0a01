import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data.masks.color_codes import read_codes


def saved(tmp_path, image, name="mask.png"):
    image.save(tmp_path / name)
    return read_codes(tmp_path / name).tolist()


def test_files_of_every_kind_have_colors(tmp_path):
    rgb = np.array([[[255, 0, 1], [2, 3, 4]]], "uint8")
    image = Image.fromarray(rgb)
    expected = [[0xFF0001, 0x020304]]
    assert saved(tmp_path, image) == expected
    assert saved(tmp_path, image, "mask.bmp") == expected
    assert saved(tmp_path, image.quantize(2), "mask.gif") == expected
    assert saved(tmp_path, image.convert("RGBA")) == expected


def test_alpha_is_dropped(tmp_path):
    image = Image.new("RGBA", (1, 1), (9, 8, 7, 0))
    assert saved(tmp_path, image) == [[0x090807]]


def test_grey_is_a_color(tmp_path):
    assert saved(tmp_path, Image.new("L", (1, 1), 16)) == [[0x101010]]
    assert saved(tmp_path, Image.new("1", (1, 1), 1)) == [[0xFFFFFF]]


def test_ids_of_16_bits_are_no_colors(tmp_path):
    words = 'mask.png" must hold colours of 8 bits a channel.*needs no prep'
    with pytest.raises(ValueError, match=words):
        saved(tmp_path, Image.new("I;16", (1, 1), 300))
