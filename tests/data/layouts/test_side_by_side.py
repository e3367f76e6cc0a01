import pytest

from keras_pix2pixhd.data import read_side_by_side, split
from tests.image_folders import write_images

HALVES = [(1, 1, 1), (2, 2, 2), (8, 8, 8), (9, 9, 9)]


def test_a_folder_of_files(tmp_path):
    pairs = read_side_by_side(write_images(tmp_path, {"x.png": HALVES}))
    assert pairs.names == ("x",)
    assert pairs.class_table is None
    assert pairs.size(0) == (1, 2)
    assert pairs.read(0)["image"].tolist() == [[[1, 1, 1], [2, 2, 2]]]
    assert pairs.read(0)["label"].tolist() == [[[8, 8, 8], [9, 9, 9]]]


def test_label_left(tmp_path):
    write_images(tmp_path, {"x.png": HALVES})
    pair = read_side_by_side(str(tmp_path), label="left").read(0)
    assert pair["label"].tolist() == [[[1, 1, 1], [2, 2, 2]]]
    assert pair["image"].tolist() == [[[8, 8, 8], [9, 9, 9]]]


def test_test_is_held_out_without_val(tmp_path):
    values = {"train/1.png": HALVES, "test/1.png": HALVES}
    pairs = read_side_by_side(write_images(tmp_path, values))
    assert pairs.names == ("test/1", "train/1")
    parts = split(pairs, tmp_path)
    assert parts.train.names == ("train/1",)
    assert parts.held_out.names == ("test/1",)


def test_train_alone(tmp_path):
    pairs = read_side_by_side(write_images(tmp_path, {"train/1.png": HALVES}))
    assert pairs.names == ("train/1",)


def test_files_deeper_down_are_left_alone(tmp_path):
    values = {"train/1.png": HALVES, "train/more/2.png": HALVES}
    pairs = read_side_by_side(write_images(tmp_path, values))
    assert pairs.names == ("train/1",)


def test_an_unknown_half(tmp_path):
    with pytest.raises(ValueError, match="'left' or 'right'. .*label='top'"):
        read_side_by_side(tmp_path, label="top")


def test_an_odd_width(tmp_path):
    pairs = read_side_by_side(write_images(tmp_path, {"x.png": HALVES[:3]}))
    with pytest.raises(ValueError, match="even width"):
        pairs.read(0)


def test_no_files(tmp_path):
    (tmp_path / "train").mkdir()
    with pytest.raises(ValueError, match="must hold image files"):
        read_side_by_side(tmp_path)


def test_batches(tmp_path):
    pytest.importorskip("tensorflow")
    pairs = read_side_by_side(write_images(tmp_path, {"x.png": HALVES}))
    batch = next(iter(pairs.to_dataset()))
    assert batch["image"].shape == batch["label"].shape == (1, 1, 2, 3)
