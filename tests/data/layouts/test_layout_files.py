import pytest

from keras_pix2pixhd.data import ImageDatastore
from keras_pix2pixhd.data.layouts.layout_files import (
    common_sides,
    first_of,
    has,
    keep,
    side_key,
    stem,
    table_file,
)
from tests.image_folders import write_images

NAMES = ["train/a_x.png", "train/b/c_x.png", "train/d_y.png", "val/e_x.png"]


@pytest.fixture
def folder(tmp_path):
    names = [*NAMES, "f_x.png", "training/g_x.png"]
    return write_images(tmp_path, {name: [1, 2] for name in names})


@pytest.mark.parametrize(
    "arguments, places",
    [
        ({"sides": ("train", "val")}, [0, 1, 2, 3]),
        ({"sides": ("val",)}, [3]),
        ({"sides": ("train",), "ending": "_x"}, [0, 1]),
        ({"sides": ("train",), "depth": 1}, [0, 2]),
    ],
)
def test_keep(folder, arguments, places):
    store = keep(ImageDatastore(folder, recursive=True), **arguments)
    assert store.names == [NAMES[place] for place in places]
    assert store.files == [folder / NAMES[place] for place in places]
    assert len(store) == len(places)


def test_keep_of_nothing(folder):
    store = ImageDatastore(folder, recursive=True)
    with pytest.raises(ValueError) as error:
        keep(store, ("test", "val"), "_labelIds")
    assert str(error.value) == (
        f'"{folder}" must have files *_labelIds in test/ or val/. Received: 6 '
        "files, none of that kind"
    )


def test_side_key():
    key = side_key()
    assert key("training/ADE_1.jpg") == "train/ADE_1"
    assert key("val2017/0.1.png") == "val/0.1"
    assert key("valannot/a/b.png") == "val/b"
    assert side_key(len)("test/ab") == "test/7"


@pytest.mark.parametrize(
    "name, expected", [("a/b.c/d.e.png", "d.e"), ("d", "d"), ("a/d", "d")]
)
def test_stem(name, expected):
    assert stem(name) == expected


def test_folders(folder):
    assert has(folder, "train", "val")
    assert not has(folder, "train", "test")
    assert not has(folder, "f_x.png")
    assert first_of(folder, ["test", "val", "train"]) == folder / "val"
    assert first_of(folder, ["test"]) is None
    assert common_sides(folder, folder, ("train", "test")) == ("train",)
    assert common_sides(folder, None, ("train",)) == ()


def test_table_file(tmp_path):
    assert table_file(tmp_path) is None
    (tmp_path / "classes.yml").touch()
    assert table_file(tmp_path) == tmp_path / "classes.yml"
