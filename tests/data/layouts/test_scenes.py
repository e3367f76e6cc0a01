import pytest

from keras_pix2pixhd.data import ADE20K, COCO_STUFF, read_pairs, split
from tests.image_folders import write_images

PHOTO = [(1, 2, 3), (4, 5, 6)]
# two squares of two pixels: a photograph and its label
HALVES = [(1, 1, 1), (9, 9, 9)]


def test_ade20k(tmp_path):
    values = {
        "images/training/ADE_train_00000001.jpg": PHOTO,
        "annotations/training/ADE_train_00000001.png": [1, 0],
        "images/validation/ADE_val_00000001.jpg": PHOTO,
        "annotations/validation/ADE_val_00000001.png": [150, 2],
    }
    folder = write_images(tmp_path, values)
    (folder / "objectInfo150.txt").write_text("")
    pairs = read_pairs(folder)
    assert pairs.names == (
        "train/ADE_train_00000001",
        "val/ADE_val_00000001",
    )
    assert pairs.class_table is ADE20K
    assert pairs.read(0)["label"].tolist() == [[0, 255]]
    assert pairs.read(1)["label"].tolist() == [[149, 1]]
    train, held_out, _ = split(pairs, folder)
    assert train.names == ("train/ADE_train_00000001",)
    assert held_out.names == ("val/ADE_val_00000001",)


def test_ade20k_of_one_side(tmp_path):
    values = {
        "images/training/ADE_train_00000001.jpg": PHOTO,
        "images/testing/ADE_test_00000001.jpg": PHOTO,
        "images/validation/ADE_val_00000001.jpg": PHOTO,
        "annotations/validation/ADE_val_00000001.png": [150, 2],
    }
    pairs = read_pairs(write_images(tmp_path, values))
    assert pairs.names == ("val/ADE_val_00000001",)


@pytest.mark.parametrize("images", ["images/", ""])
@pytest.mark.parametrize(
    "labels", ["annotations", "stuffthingmaps_trainval2017"]
)
def test_coco_stuff(tmp_path, images, labels):
    values = {
        f"{images}train2017/000000000009.jpg": PHOTO,
        f"{labels}/train2017/000000000009.png": [0, 181],
        f"{images}val2017/000000000139.jpg": PHOTO,
        f"{labels}/val2017/000000000139.png": [255, 91],
        f"{images}test2017/000000000001.jpg": PHOTO,
    }
    pairs = read_pairs(write_images(tmp_path, values))
    assert pairs.names == ("train/000000000009", "val/000000000139")
    assert pairs.class_table is COCO_STUFF
    assert pairs.read(0)["label"].tolist() == [[0, 181]]
    assert pairs.read(1)["label"].tolist() == [[255, 91]]


def test_facades(tmp_path):
    values = {
        "train/1.png": HALVES,
        "train/2.png": HALVES,
        "val/1.png": HALVES,
        "test/1.png": HALVES,
    }
    folder = write_images(tmp_path, values)
    pairs = read_pairs(folder)
    assert pairs.names == ("train/1", "train/2", "val/1")
    assert pairs.class_table is None
    pair = pairs.read(0)
    assert pair["image"].tolist() == [[[1, 1, 1]]]
    assert pair["label"].tolist() == [[[9, 9, 9]]]
    assert split(pairs, folder).note == (
        "2 training pairs, 1 held-out pair (the data set's own split)"
    )


def test_label_in_the_left_half_by_name(tmp_path):
    values = {"train/1.png": HALVES, "val/1.png": HALVES}
    pair = read_pairs(write_images(tmp_path, values), "edges2shoes").read(0)
    assert pair["label"].tolist() == [[[1, 1, 1]]]
    assert pair["image"].tolist() == [[[9, 9, 9]]]


@pytest.mark.parametrize(
    "values",
    [
        {"train/1.png": HALVES},
        {"train/1.png": HALVES * 2, "val/1.png": HALVES * 2},
        {"train/1.png": HALVES, "val/1.png": HALVES, "more/1.png": HALVES},
        {"train/cats/1.png": HALVES, "val/cats/1.png": HALVES},
    ],
)
def test_what_may_be_no_pairs_side_by_side_must_be_named(tmp_path, values):
    write_images(tmp_path, values)
    with pytest.raises(ValueError, match="If it is facades or edges2shoes, s"):
        read_pairs(tmp_path)
