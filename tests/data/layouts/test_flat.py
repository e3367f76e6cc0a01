import numpy as np
import pytest

from keras_pix2pixhd.data import (
    CAMVID,
    CAMVID11,
    CARVANA,
    ClassTable,
    read_pairs,
)
from tests.image_folders import write_images

TABLE = ClassTable(["a", "b"], [3, 4], [(0, 0, 0), (9, 9, 9)])
PHOTO = [(1, 2, 3), (4, 5, 6)]
SKY_AND_CAR = [(128, 128, 128), (64, 0, 128)]
NAMED = r"or say `layout` \(camvid32, camvid11\)"


def write_own(folder):
    write_images(folder, {"images/x.jpg": PHOTO, "labels/x.png": [3, 4]})
    TABLE.save(folder / "classes.json")
    return folder


def test_own_layout(tmp_path):
    pairs = read_pairs(write_own(tmp_path))
    assert pairs.names == ("x",)
    assert pairs.class_table == TABLE
    assert pairs.read(0)["label"].tolist() == [[0, 1]]


def test_own_layout_with_instances(tmp_path):
    write_images(write_own(tmp_path), {"instances/x.png": [7, 40000]})
    pair = read_pairs(tmp_path).read(0)
    assert pair["instance"].dtype == "int32"
    assert pair["instance"].tolist() == [[7, 40000]]


@pytest.mark.parametrize("kind", ["csv", "yaml", "yml"])
def test_own_layout_with_other_tables(tmp_path, kind):
    if kind != "csv":
        pytest.importorskip("yaml")
    (write_own(tmp_path) / "classes.json").unlink()
    TABLE.save(tmp_path / f"classes.{kind}")
    assert read_pairs(tmp_path).class_table == TABLE


def test_own_layout_with_two_tables(tmp_path):
    TABLE.save(write_own(tmp_path) / "classes.csv")
    words = r"one class table. Received: classes.json, classes.csv in .*all but"
    with pytest.raises(ValueError, match=words):
        read_pairs(tmp_path)


@pytest.mark.parametrize("suffix", ["_mask", ""])
@pytest.mark.parametrize(
    "folders",
    [
        ("images", "masks"),
        ("train_images", "train_masks"),
        ("train", "train_masks"),
    ],
)
def test_carvana_layouts(carvana_like, folders, suffix):
    folder = carvana_like(["b_01", "a_02"], folders=folders, suffix=suffix)
    pairs = read_pairs(str(folder))
    assert pairs.names == ("a_02", "b_01")
    assert pairs.class_table is CARVANA
    assert pairs.files(0)["image"].name == "a_02.png"
    assert pairs.files(0)["label"].name == f"a_02{suffix}.png"


@pytest.mark.parametrize(
    "images, labels",
    [
        ("701_StillsRaw_full", "LabeledApproved_full"),
        ("images/701_StillsRaw_full", "labels"),
        ("images", "labels"),
    ],
)
def test_camvid_in_colours(tmp_path, images, labels):
    values = {
        f"{images}/Seq05VD_f00000.png": PHOTO,
        f"{labels}/Seq05VD_f00000_L.png": SKY_AND_CAR,
        f"{images}/0016E5_00390.png": PHOTO,
        f"{labels}/0016E5_00390_L.png": SKY_AND_CAR,
    }
    pairs = read_pairs(write_images(tmp_path, values))
    assert pairs.names == ("0016E5_00390", "Seq05VD_f00000")
    assert pairs.class_table is CAMVID
    sky_and_car = [CAMVID.index("Sky"), CAMVID.index("Car")]
    assert pairs.read(0)["label"].tolist() == [sky_and_car]


def test_camvid_in_ids(tmp_path):
    values = {
        "images/0001TP_006690.jpg": PHOTO,
        "labels/0001TP_006690.png": [8, 11],
        "images/0006R0_f00930.jpg": PHOTO,
        "labels/0006R0_f00930.png": [0, 1],
    }
    pairs = read_pairs(write_images(tmp_path, values))
    assert pairs.names == ("0001TP_006690", "0006R0_f00930")
    assert pairs.class_table is CAMVID11
    assert pairs.read(0)["label"].tolist() == [[8, 255]]


def test_camvid_with_its_own_split(tmp_path):
    values = {
        "train/0001TP_006690.png": PHOTO,
        "trainannot/0001TP_006690.png": [8, 11],
        "val/0016E5_07959.png": PHOTO,
        "valannot/0016E5_07959.png": [2, 3],
        "test/Seq05VD_f00000.png": PHOTO,
        "testannot/Seq05VD_f00000.png": [2, 3],
    }
    pairs = read_pairs(write_images(tmp_path, values))
    assert pairs.names == ("train/0001TP_006690", "val/0016E5_07959")
    assert pairs.class_table is CAMVID11
    assert pairs.read(1)["label"].tolist() == [[2, 3]]


@pytest.mark.parametrize(
    "label, pixels",
    [
        ("0001TP_006690.png", SKY_AND_CAR),
        ("0001TP_006690_L.png", [8, 11]),
        ("0001TP_006690_mask.png", [8, 11]),
        ("scene.png", [8, 11]),
    ],
)
def test_what_may_be_no_camvid_must_be_named(tmp_path, label, pixels):
    photo = label.replace("_L", "").replace("_mask", "")
    values = {f"images/{photo}": PHOTO, f"labels/{label}": pixels}
    write_images(tmp_path, values)
    with pytest.raises(ValueError, match=NAMED):
        read_pairs(tmp_path)


def test_camvid_with_a_table_is_the_own_layout(tmp_path):
    values = {
        "images/0001TP_006690.jpg": PHOTO,
        "labels/0001TP_006690.png": [3, 4],
    }
    TABLE.save(write_images(tmp_path, values) / "classes.json")
    assert read_pairs(tmp_path).class_table == TABLE


def test_real_carvana(shared):
    pairs = read_pairs(shared / "data" / "carvana")
    assert len(pairs) == 1000
    pair = pairs.read(0)
    assert pair["image"].shape == (320, 448, 3)
    assert np.unique(pair["label"]).tolist() == [0, 1]


def test_real_raw_carvana(shared):
    pairs = read_pairs(shared / "data" / "carvana_raw")
    assert len(pairs) == 16
    assert pairs.names[0] == "03a857ce842d_01"
    assert pairs.files(0)["label"].name == "03a857ce842d_01_mask.gif"
    pair = pairs.read(0)
    assert pair["image"].shape == (1280, 1918, 3)
    assert np.unique(pair["label"]).tolist() == [0, 1]


def test_real_camvid(shared):
    pairs = read_pairs(shared / "data" / "camvid")
    assert len(pairs) == 367
    assert pairs.class_table is CAMVID11
    pair = pairs.read(0)
    assert pair["image"].shape == (360, 480, 3)
    # some rows above the lower edge there is road
    assert set(pair["label"][-30, 200:260]) == {CAMVID11.index("Road")}


def test_folders_without_files_are_no_camvid(tmp_path):
    (tmp_path / "images").mkdir()
    (tmp_path / "labels").mkdir()
    with pytest.raises(ValueError, match=NAMED):
        read_pairs(tmp_path)
    with pytest.raises(ValueError, match="must directly hold image files"):
        read_pairs(tmp_path, "camvid11")
