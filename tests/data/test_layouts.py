import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import CARVANA, ClassTable, read_pairs

TABLE = ClassTable(["a", "b"], [3, 4], [(0, 0, 0), (9, 9, 9)])


def write_own(folder, instances=False):
    for kind in ("images", "labels", *["instances"] * instances):
        (folder / kind).mkdir()
    image = np.zeros((1, 2, 3), "uint8")
    Image.fromarray(image).save(folder / "images" / "x.jpg")
    label = np.array([[3, 4]], "uint8")
    Image.fromarray(label).save(folder / "labels" / "x.png")
    if instances:
        instance = np.array([[7, 40000]], "uint16")
        Image.fromarray(instance).save(folder / "instances" / "x.png")
    TABLE.save(folder / "classes.json")
    return folder


def test_own_layout(tmp_path):
    pairs = read_pairs(write_own(tmp_path))
    assert pairs.names == ("x",)
    assert pairs.class_table == TABLE
    assert pairs.read(0)["label"].tolist() == [[0, 1]]


def test_own_layout_with_instances(tmp_path):
    pair = read_pairs(write_own(tmp_path, instances=True)).read(0)
    assert pair["instance"].dtype == "int32"
    assert pair["instance"].tolist() == [[7, 40000]]


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


def test_missing_folder(tmp_path):
    with pytest.raises(ValueError, match="existing folder.*nowhere"):
        read_pairs(tmp_path / "nowhere")


def test_unknown_layout(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "readme.txt").write_text("x")
    with pytest.raises(ValueError) as error:
        read_pairs(tmp_path)
    text = str(error.value)
    assert "images/ + labels/ [+ instances/] + classes.json" in text
    assert "train/ + train_masks/" in text
    assert "which holds photos/, readme.txt. Arrange the files" in text


def test_empty_folder(tmp_path):
    with pytest.raises(ValueError, match="which holds nothing"):
        read_pairs(tmp_path)


def test_own_layout_without_classes(tmp_path):
    (write_own(tmp_path) / "classes.json").unlink()
    with pytest.raises(ValueError, match="which holds images/, labels/"):
        read_pairs(tmp_path)


def test_many_entries_are_cut(tmp_path):
    for number in range(15):
        (tmp_path / f"f{number:02d}").mkdir()
    with pytest.raises(ValueError, match=r"f11/ \.\.\. \(15 in all\)"):
        read_pairs(tmp_path)


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
