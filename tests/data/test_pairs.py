import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import CARVANA, read_pairs


def test_read(carvana_like):
    pairs = read_pairs(carvana_like(["a", "b"]))
    assert len(pairs) == 2
    assert pairs.class_table is CARVANA
    assert pairs.kinds == ("image", "label")
    assert repr(pairs) == "<Pairs of image + label, 2 pairs>"
    assert pairs.size(0) == (4, 6)
    pair = pairs.read(1)
    assert set(pair) == {"image", "label"}
    assert pair["image"].dtype == "uint8"
    assert (pair["image"] == np.ones((4, 6, 3))).all()
    assert pair["label"].dtype == "uint8"
    assert pair["label"].tolist() == [[1, 1, 1, 0, 0, 0]] * 4


def test_read_refuses_different_sizes(carvana_like):
    folder = carvana_like(["a"])
    Image.new("L", (6, 5)).save(folder / "masks" / "a_mask.png")
    words = (
        'same size.*a.png" 4 high and 6 wide, .*a_mask.png" 5 high and 6 wide'
    )
    with pytest.raises(ValueError, match=words):
        read_pairs(folder).read(0)


def test_select_refuses_unknown_names(carvana_like):
    pairs = read_pairs(carvana_like(["a", "b"]))
    assert pairs.select(["b"]).names == ("b",)
    with pytest.raises(ValueError, match=r"names of pairs.*\['x'\], 1 unknown"):
        pairs.select(["a", "x"])


@pytest.mark.parametrize("names", [[], (), iter([])])
def test_select_refuses_no_names(carvana_like, names):
    pairs = read_pairs(carvana_like(["a", "b"]))
    with pytest.raises(ValueError, match=r"at least one name. Received: \(\)"):
        pairs.select(names)


@pytest.mark.parametrize("names", [5, "a", None, [["a"]], ["a", 5], b"a"])
def test_select_refuses_what_are_no_names(carvana_like, names):
    pairs = read_pairs(carvana_like(["a", "b"]))
    words = "`names` must be a list of strings. Received: names="
    with pytest.raises(ValueError, match=words):
        pairs.select(names)


def test_select_takes_each_name_once(carvana_like):
    pairs = read_pairs(carvana_like(["a", "b"]))
    assert pairs.select(iter("bab")).names == ("a", "b")
    assert pairs.select({"b"}).names == ("b",)


@pytest.mark.parametrize("index", [2, 99, -1, -3, 1.5, "a", None])
def test_pairs_are_numbered_from_0(carvana_like, index):
    pairs = read_pairs(carvana_like(["a", "b"]))
    words = "`index` must be an integer, 0 <= index < 2. Received: index="
    for method in (pairs.read, pairs.files, pairs.size):
        with pytest.raises(ValueError, match=words):
            method(index)


@pytest.mark.parametrize("size", [(0, 1), (), 5, (1.5, 2), (1, 2, 3), "ab"])
def test_read_refuses_sizes(carvana_like, size):
    pairs = read_pairs(carvana_like(["a"]))
    words = r"`image_size` must be None or \(height, width\)"
    with pytest.raises(ValueError, match=words):
        pairs.read(0, size)


def test_read_takes_an_array_for_a_size(carvana_like):
    pair = read_pairs(carvana_like(["a"])).read(np.int64(0), np.array([2, 3]))
    assert pair["image"].shape == (2, 3, 3)


def test_check_counts(carvana_like):
    folder = carvana_like(["a", "b"])
    Image.new("RGB", (2, 1)).save(folder / "images" / "c.png")
    Image.new("L", (2, 1)).save(folder / "masks" / "c.png")
    assert read_pairs(folder).check() == {
        "pairs": 3,
        "sizes": {(1, 2): 1, (4, 6): 2},
        "pixels": {"background": 26, "car": 24},
        "void_pixels": 0,
    }


def test_check_lists_every_bad_file(carvana_like):
    folder = carvana_like(["a", "b", "c", "d"])
    (folder / "images" / "a.png").write_text("no image")
    Image.new("L", (6, 4), 7).save(folder / "masks" / "a_mask.png")
    Image.new("L", (5, 4)).save(folder / "masks" / "c_mask.png")
    with pytest.raises(ValueError) as error:
        read_pairs(folder).check()
    head, *problems = str(error.value).split("; ")
    assert "Received: 3 problems in 4 pairs: " in head
    assert 'a.png" must be a complete image' in head
    assert "7 (24 pixels)" in problems[0]
    assert 'c_mask.png" 4 high and 5 wide' in problems[1]
    assert len(problems) == 2


def test_check_shows_the_first_5(carvana_like):
    folder = carvana_like([f"x{n:02d}" for n in range(22)])
    for path in (folder / "images").iterdir():
        path.write_text("no image")
    with pytest.raises(ValueError) as error:
        read_pairs(folder).check()
    head, *problems = str(error.value).split("; ")
    assert "22 problems in 22 pairs: " in head
    assert len(problems) == 5
    assert problems[-1] == "and 17 more"


def test_check_of_real_files(shared):
    summary = read_pairs(shared / "data" / "carvana_raw").check()
    assert summary["pairs"] == 16
    assert summary["sizes"] == {(1280, 1918): 16}
    assert set(summary["pixels"]) == {"background", "car"}
    assert sum(summary["pixels"].values()) == 16 * 1280 * 1918
    assert summary["void_pixels"] == 0
