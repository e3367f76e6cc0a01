import os
import pathlib
import tempfile

import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CAMVID11,
    LAYOUTS,
    ClassTable,
    read_pairs,
    split,
)
from tests.image_folders import write_images

TABLE = ClassTable(["a", "b"], [3, 4], [(0, 0, 0), (9, 9, 9)])
PHOTO = [(1, 2, 3), (4, 5, 6)]


def write_own(folder):
    write_images(folder, {"images/x.jpg": PHOTO, "labels/x.png": [3, 4]})
    TABLE.save(folder / "classes.json")
    return folder


def test_missing_folder(tmp_path):
    with pytest.raises(ValueError, match="existing folder.*nowhere"):
        read_pairs(tmp_path / "nowhere")


def test_unknown_layout(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "readme.txt").write_text("x")
    with pytest.raises(ValueError) as error:
        read_pairs(tmp_path)
    text = str(error.value)
    assert "own: images/ + labels/ [+ instances/] + classes.json" in text
    assert "or train/ + train_masks/; camvid32: " in text
    assert "cityscapes: leftImg8bit/train/ + gtFine/train/" in text
    assert "which holds photos/, readme.txt. The layouts are" in text
    assert text.endswith("For others use `pair_folders` in Python.")


def test_empty_folder(tmp_path):
    with pytest.raises(ValueError, match="which holds nothing"):
        read_pairs(tmp_path)


def test_own_layout_without_classes(tmp_path):
    (write_own(tmp_path) / "classes.json").unlink()
    words = (
        "which holds images/, labels/. Add classes.csv, say `classes`, or say"
    )
    with pytest.raises(ValueError, match=words):
        read_pairs(tmp_path)


def test_many_entries_are_cut(tmp_path):
    for number in range(15):
        (tmp_path / f"f{number:02d}").mkdir()
    with pytest.raises(ValueError, match=r"f11/ \.\.\. \(15 in all\)"):
        read_pairs(tmp_path)


def test_layout_by_name(tmp_path):
    folder = write_own(tmp_path)
    assert read_pairs(folder, "own").class_table == TABLE
    assert read_pairs(folder, layout="camvid11").class_table is CAMVID11


def test_layout_of_an_unknown_name(tmp_path):
    with pytest.raises(ValueError) as error:
        read_pairs(tmp_path, "citiscapes")
    text = str(error.value)
    assert text.startswith("`layout` must be one of own, carvana, camvid32, ")
    assert text.endswith(
        "Received: layout='citiscapes'. Did you mean 'cityscapes'?"
    )
    with pytest.raises(ValueError, match="Received: layout=7.$"):
        read_pairs(tmp_path, 7)


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_that_the_folder_does_not_have(tmp_path, name):
    (tmp_path / "photos").mkdir()
    with pytest.raises(ValueError) as error:
        read_pairs(tmp_path, name)
    assert str(error.value) == (
        f"`folder` must have the layout {name!r}: {LAYOUTS[name].folders}. "
        f"Received: {tmp_path}, which holds photos/"
    )


def test_names_of_layouts():
    assert " ".join(LAYOUTS) == (
        "own carvana camvid32 camvid11 nvidia nvidia-rgb cityscapes "
        "cityscapes19 ade20k coco-stuff facades edges2shoes"
    )
    with pytest.raises(TypeError):
        LAYOUTS["mine"] = None


def test_the_table_names_every_layout():
    rows = [line.strip() for line in read_pairs.__doc__.splitlines()]
    named = [row.split("`")[1] for row in rows if row.startswith("| `")]
    assert named == list(LAYOUTS)


def test_unpaired_files(tmp_path):
    write_images(write_own(tmp_path), {"images/y.png": PHOTO})
    with pytest.raises(ValueError, match="without label map: y.png"):
        read_pairs(tmp_path)
    pairs = read_pairs(tmp_path, unpaired="skip")
    assert pairs.names == ("x",)
    assert [path.name for path in pairs.unpaired["image"]] == ["y.png"]
    with pytest.raises(ValueError, match="'error' or 'skip'"):
        read_pairs(tmp_path, unpaired="drop")


def test_a_folder_behind_a_scheme():
    tf = pytest.importorskip("tensorflow")
    folder = "ram://layouts"
    for name, content in {
        "classes.csv": b"name,id,r,g,b\na,3,0,0,0\nb,4,9,9,9\n",
        "images/x.ppm": b"P6 2 1 255 abcdef",
        "labels/x.pgm": b"P5 2 1 255 \x03\x04",
    }.items():
        with tf.io.gfile.GFile(f"{folder}/{name}", "wb") as file:
            file.write(content)
    pairs = read_pairs(folder)
    assert pairs.names == ("x",)
    assert pairs.class_table == TABLE
    assert pairs.read(0)["label"].tolist() == [[0, 1]]


@pytest.fixture
def others_folder():
    """A folder of root's, outside of tmp_path, which no one else may enter."""
    if os.geteuid():
        pytest.skip("needs root, to become someone else")
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield pathlib.Path(folder)


@pytest.mark.parametrize("closed", [".", "images"])
@pytest.mark.parametrize("layout", [None, "own"])
def test_a_folder_that_may_not_be_read(others_folder, closed, layout):
    (write_own(others_folder) / closed).chmod(0o700)
    words = "^`folder` must be a folder that can be read. Received: .*Permis"
    os.seteuid(65534)
    try:
        with pytest.raises(ValueError, match=words):
            read_pairs(others_folder, layout)
    finally:
        os.seteuid(0)


def write_named(folder, names, labels="labels", suffix=""):
    for kind, ending in (("images", ""), (labels, suffix)):
        for name in names:
            path = folder / kind / f"{name}{ending}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.new("L", (3, 2), 1).save(path)
    return folder


CSV = "name,ids,r,g,b\nwall,0,0,0,0\ncrack,1,255,255,255\n"


@pytest.mark.parametrize("suffix", ["", "_mask"])
def test_a_class_table_beside_masks_is_read(tmp_path, suffix):
    folder = write_named(tmp_path, ["a"], "masks", suffix)
    assert read_pairs(folder).class_table.names == ("background", "car")
    (folder / "classes.csv").write_text(CSV)
    pairs = read_pairs(folder)
    assert pairs.class_table.names == ("wall", "crack")
    assert (pairs.layout, pairs.names) == ("own", ("a",))


def test_classes_from_elsewhere(tmp_path):
    folder = write_named(tmp_path / "data", ["a"])
    (tmp_path / "mine.csv").write_text(CSV)
    pairs = read_pairs(folder, classes=tmp_path / "mine.csv")
    assert pairs.class_table.names == ("wall", "crack")
    with pytest.raises(ValueError, match="A layout brings its own classes"):
        read_pairs(folder, "nvidia", classes=tmp_path / "mine.csv")
    with pytest.raises(ValueError, match="images/ and labels/ or masks/"):
        read_pairs(tmp_path, classes=tmp_path / "mine.csv")


def test_subfolders_of_the_own_layout(tmp_path):
    folder = write_named(tmp_path, ["train/a", "train/b", "val/a"])
    (folder / "classes.csv").write_text(CSV)
    pairs = read_pairs(folder)
    assert pairs.names == ("train/a", "train/b", "val/a")
    assert "the data set's own split" in split(pairs, folder).note


def test_what_is_probably_meant(tmp_path):
    write_named(tmp_path / "upper", ["a"])
    (tmp_path / "upper" / "images").rename(tmp_path / "upper" / "Images")
    with pytest.raises(ValueError, match=r"Call Images/ images/\. The lay"):
        read_pairs(tmp_path / "upper")
    (tmp_path / "rec").mkdir()
    (tmp_path / "rec" / "records.json").write_text("{}")
    with pytest.raises(ValueError, match="These are TFRecords, for `train`"):
        read_pairs(tmp_path / "rec")
