import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CARVANA,
    CITYSCAPES,
    ClassTable,
    PixelLabelDatastore,
    read_label,
)

WIDE = ClassTable(
    names=["a", "b", "c"],
    ids=[0, 300, 70000],
    colors=[(255, 0, 0), (0, 255, 0), (0, 0, 255)],
    void_ids=[1],
)


def save(path, array):
    Image.fromarray(np.array(array)).save(path)
    return path


def test_datastore(tmp_path):
    save(tmp_path / "a.png", np.array([[0, 255]], "uint8"))
    store = PixelLabelDatastore(tmp_path, CARVANA)
    assert store.class_table is CARVANA
    assert store.read(0).dtype == "uint8"
    assert store.read(0).tolist() == [[0, 1]]


def test_table_of_a_wrong_kind(tmp_path):
    with pytest.raises(ValueError, match="must be a `ClassTable`.*class_tab"):
        PixelLabelDatastore(tmp_path, 2)


def test_black_and_white_is_0_and_1(tmp_path):
    path = save(tmp_path / "a.png", np.array([[False, True]]))
    assert read_label(path, CARVANA).tolist() == [[0, 1]]


def test_16_bit_ids(tmp_path):
    path = save(tmp_path / "a.png", np.array([[0, 300, 1]], "uint16"))
    assert read_label(path, WIDE).tolist() == [[0, 1, 255]]


def test_32_bit_ids(tmp_path):
    path = save(tmp_path / "a.tif", np.array([[70000, 300]], "int32"))
    assert read_label(path, WIDE).tolist() == [[2, 1]]


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_palette_is_read_by_index_not_by_color(tmp_path, name):
    image = Image.fromarray(np.array([[0, 1, 1]], "uint8"))
    # Its colours say the opposite: index 0 is white, 1 is black.
    image.putpalette([255, 255, 255, 0, 0, 0])
    image.save(tmp_path / name)
    with Image.open(tmp_path / name) as stored:
        assert stored.mode == "P"
    assert read_label(tmp_path / name, CARVANA).tolist() == [[0, 1, 1]]


def test_colors_of_the_table(tmp_path):
    rgb = np.array([[(0, 255, 0), (0, 0, 255), (0, 0, 0)]], "uint8")
    path = save(tmp_path / "a.png", rgb)
    assert read_label(path, WIDE).tolist() == [[1, 2, 255]]


def test_alpha_is_dropped(tmp_path):
    rgba = np.array([[(0, 255, 0, 255), (0, 0, 255, 255)]], "uint8")
    path = save(tmp_path / "a.png", rgba)
    assert read_label(path, WIDE).tolist() == [[1, 2]]


def test_grey_colors_are_ids_where_the_table_lacks_them(tmp_path):
    rgb = np.repeat(np.array([[7, 23]], "uint8")[..., None], 3, -1)
    path = save(tmp_path / "a.png", rgb)
    assert read_label(path, CITYSCAPES).tolist() == [[7, 23]]


def test_colors_of_the_table_come_before_grey_ids(tmp_path):
    table = ClassTable(["a", "b"], [1, 0], [(0, 0, 0), (1, 1, 1)])
    rgb = np.array([[(0, 0, 0), (1, 1, 1)]], "uint8")
    path = save(tmp_path / "a.png", rgb)
    assert read_label(path, table).tolist() == [[0, 1]]


def test_unknown_color(tmp_path):
    rgb = np.array([[(255, 0, 0), (1, 2, 3), (1, 2, 3)]], "uint8")
    path = save(tmp_path / "a.png", rgb)
    words = r'colour of ".*a.png".*\(1, 2, 3\) \(2 pixels\)'
    with pytest.raises(ValueError, match=words):
        read_label(path, WIDE)


def test_unknown_grey_id(tmp_path):
    rgb = np.full((1, 2, 3), 9, "uint8")
    path = save(tmp_path / "a.png", rgb)
    with pytest.raises(ValueError, match=r"id of .*a.png.*9 \(2 pixels\)"):
        read_label(path, CARVANA)


def test_unknown_id(tmp_path):
    path = save(tmp_path / "a.png", np.array([[0, 128]], "uint8"))
    with pytest.raises(ValueError, match=r"id of .*a.png.*128 \(1 pixel\)"):
        read_label(path, CARVANA)


def test_floating_point(tmp_path):
    path = save(tmp_path / "a.tif", np.array([[0.5]], "float32"))
    with pytest.raises(ValueError, match="a.tif.*integer ids or RGB colours"):
        read_label(path, CARVANA)


def test_broken_file(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(ValueError, match='a.png" must be a complete image'):
        read_label(tmp_path / "a.png", CARVANA)
