import numpy as np
import pytest

from keras_pix2pixhd.data import (
    CITYSCAPES,
    CITYSCAPES19,
    ClassTable,
    read_pairs,
    split,
)
from keras_pix2pixhd.data.layouts.streets import scene_of
from tests.image_folders import write_images

PHOTO = [(1, 2, 3), (4, 5, 6)]


def write_cityscapes(folder, *scenes):
    values = {}
    for scene in scenes:
        side, name = scene.split()
        path = f"{side}/{name.split('_')[0]}/{name}"
        truth = f"gtFine/{path}_gtFine"
        values |= {
            f"leftImg8bit/{path}_leftImg8bit.png": PHOTO,
            f"{truth}_color.png": PHOTO,
            f"{truth}_labelIds.png": [7, 26],
            f"{truth}_labelTrainIds.png": [0, 255],
            f"{truth}_instanceIds.png": [7, 26001],
        }
    return write_images(folder, values)


@pytest.fixture
def cityscapes(tmp_path):
    return write_cityscapes(
        tmp_path,
        "train aachen_000000_000019",
        "train jena_000001_000019",
        "val lindau_000000_000019",
        "test berlin_000000_000019",
    )


def test_cityscapes(cityscapes):
    pairs = read_pairs(cityscapes)
    assert pairs.names == (
        "train/aachen_000000_000019",
        "train/jena_000001_000019",
        "val/lindau_000000_000019",
    )
    assert pairs.class_table is CITYSCAPES
    pair = pairs.read(1)
    assert pair["label"].tolist() == [[7, 26]]
    assert pair["instance"].tolist() == [[7, 26001]]
    assert pairs.files(1)["image"] == (
        cityscapes / "leftImg8bit/train/jena/jena_000001_000019_leftImg8bit.png"
    )


def test_the_split_of_cityscapes(cityscapes):
    train, held_out, note = split(read_pairs(cityscapes), cityscapes)
    assert len(train) == 2
    assert held_out.names == ("val/lindau_000000_000019",)
    assert note == (
        "2 training pairs, 1 held-out pair (the data set's own split)"
    )


def test_cityscapes_by_train_ids(cityscapes):
    pairs = read_pairs(cityscapes, "cityscapes19")
    assert len(pairs) == 3
    assert pairs.class_table is CITYSCAPES19
    assert pairs.read(0)["label"].tolist() == [[0, 255]]
    assert pairs.read(0)["instance"].tolist() == [[7, 26001]]


def test_cityscapes_without_train_ids(cityscapes):
    for path in cityscapes.rglob("*TrainIds.png"):
        path.unlink()
    words = r"gtFine. must have files \*_labelTrainIds in train/ or val/. Rec"
    with pytest.raises(ValueError, match=words):
        read_pairs(cityscapes, "cityscapes19")


def test_cityscapes_without_instances(cityscapes):
    for path in cityscapes.rglob("*instanceIds.png"):
        path.unlink()
    assert read_pairs(cityscapes).kinds == ("image", "label")


def test_cityscapes_of_one_side(tmp_path):
    folder = write_cityscapes(tmp_path, "val lindau_000000_000019")
    (tmp_path / "leftImg8bit" / "train").mkdir()
    assert read_pairs(folder).names == ("val/lindau_000000_000019",)


def test_cityscapes_with_a_scene_without_labels(cityscapes):
    for path in cityscapes.rglob("jena*labelIds.png"):
        path.unlink()
    with pytest.raises(ValueError, match="without label map: jena_000001"):
        read_pairs(cityscapes)
    pairs = read_pairs(cityscapes, unpaired="skip")
    assert len(pairs) == 2
    assert [path.name for path in pairs.unpaired["image"]] == [
        "jena_000001_000019_leftImg8bit.png"
    ]


@pytest.mark.parametrize(
    "name, scene",
    [
        ("a/b/jena_000001_000019_leftImg8bit.png", "jena_000001_000019"),
        ("jena_000001_000019_gtFine_instanceIds.png", "jena_000001_000019"),
        ("jena_000001_000019.png", "jena_000001_000019"),
        ("my.photo_01.png", "my.photo_01"),
    ],
)
def test_scene_of(name, scene):
    assert scene_of(name) == scene


def write_nvidia(folder):
    values = {
        "train_img/aachen_000000_000019_leftImg8bit.png": PHOTO,
        "train_label/aachen_000000_000019_gtFine_labelIds.png": [7, 26],
        "train_inst/aachen_000000_000019_gtFine_instanceIds.png": [7, 26001],
        "train_img/other.png": PHOTO,
        "train_label/other.png": [23, 23],
        "train_inst/other.png": [23, 23],
        "test_label/bonn_000000_000019_gtFine_labelIds.png": [7, 26],
    }
    return write_images(folder, values)


def test_folders_of_the_reference(tmp_path):
    pairs = read_pairs(write_nvidia(tmp_path))
    assert pairs.names == ("aachen_000000_000019", "other")
    assert pairs.class_table is CITYSCAPES
    assert pairs.read(0)["instance"].tolist() == [[7, 26001]]


def test_folders_of_the_reference_without_instances(tmp_path):
    for path in (write_nvidia(tmp_path) / "train_inst").iterdir():
        path.unlink()
    (tmp_path / "train_inst").rmdir()
    assert read_pairs(tmp_path).kinds == ("image", "label")


def test_folders_of_the_reference_with_a_table(tmp_path):
    table = ClassTable(
        ["ground", "sky", "car"],
        [7, 23, 26],
        [(1, 1, 1), (2, 2, 2), (3, 3, 3)],
    )
    table.save(write_nvidia(tmp_path) / "classes.csv")
    pairs = read_pairs(tmp_path)
    assert pairs.class_table == table
    assert pairs.read(0)["label"].tolist() == [[0, 2]]


def test_folders_of_the_reference_without_classes(tmp_path):
    label = [(9, 9, 9), (7, 7, 7)]
    values = {"train_A/x.png": label, "train_B/x.png": PHOTO}
    pairs = read_pairs(write_images(tmp_path, values))
    assert pairs.class_table is None
    pair = pairs.read(0)
    assert pair["label"].tolist() == [[list(color) for color in label]]
    assert pair["image"].tolist() == [[[1, 2, 3], [4, 5, 6]]]


def test_real_cityscapes(shared):
    pairs = read_pairs(shared / "data" / "cityscapes_sample")
    assert pairs.names == (
        "aachen_000000_000019",
        "aachen_000001_000019",
        "aachen_000002_000019",
    )
    assert pairs.class_table is CITYSCAPES
    pair = pairs.read(0)
    assert pair["image"].shape == (1024, 2048, 3)
    assert pair["label"].shape == (1024, 2048)
    # what is an instance has the class's id in the thousands
    objects = pair["instance"] >= 1000
    assert objects.any()
    classes = pair["instance"][objects] // 1000
    np.testing.assert_array_equal(classes, pair["label"][objects])
