import pytest

from keras_pix2pixhd.data import ClassTable, pair_folders, split
from tests.image_folders import write_images

TABLE = ClassTable(["a", "b"], [3, 4], [(0, 0, 0), (9, 9, 9)])
PHOTO = [(1, 2, 3), (4, 5, 6)]


@pytest.fixture
def folders(tmp_path):
    values = {"photos/x.jpg": PHOTO, "masks/x.png": [3, 4]}
    write_images(tmp_path, values)
    return tmp_path / "photos", tmp_path / "masks"


def test_a_table(folders):
    pairs = pair_folders(*folders, TABLE)
    assert pairs.names == ("x",)
    assert pairs.class_table is TABLE
    assert pairs.read(0)["label"].tolist() == [[0, 1]]


def test_the_file_of_a_table(folders, tmp_path):
    TABLE.save(tmp_path / "table.csv")
    pairs = pair_folders(*folders, str(tmp_path / "table.csv"))
    assert pairs.class_table == TABLE


def test_a_file_that_is_no_table(folders, tmp_path):
    with pytest.raises(ValueError, match="nowhere.json.*No such file"):
        pair_folders(*folders, tmp_path / "nowhere.json")
    with pytest.raises(ValueError, match="must be a string or a path.*: 7 of"):
        pair_folders(*folders, 7)


def test_no_table(folders):
    pairs = pair_folders(*folders, None)
    assert pairs.class_table is None
    assert pairs.read(0)["label"].tolist() == [[[3, 3, 3], [4, 4, 4]]]


def test_instances(folders, tmp_path):
    write_images(tmp_path, {"objects/x.png": [7, 40000]})
    pairs = pair_folders(*folders, TABLE, instances=tmp_path / "objects")
    assert pairs.read(0)["instance"].tolist() == [[7, 40000]]


def test_a_key(folders, tmp_path):
    (tmp_path / "masks" / "x.png").rename(tmp_path / "masks" / "m-x.png")
    pairs = pair_folders(*folders, TABLE, key=lambda name: name[-5])
    assert pairs.names == ("x",)


def test_unpaired(folders, tmp_path):
    write_images(tmp_path, {"masks/y.png": [3, 4]})
    with pytest.raises(ValueError, match="label map without image: y.png"):
        pair_folders(*folders, TABLE)
    pairs = pair_folders(*folders, TABLE, unpaired="skip")
    assert [path.name for path in pairs.unpaired["label"]] == ["y.png"]


def test_subfolders(tmp_path):
    values = {
        "photos/train/a/x.jpg": PHOTO,
        "masks/train/a/x.png": [3, 4],
        "photos/val/x.jpg": PHOTO,
        "masks/val/x.png": [4, 4],
    }
    write_images(tmp_path, values)
    pairs = pair_folders(
        tmp_path / "photos", tmp_path / "masks", TABLE, recursive=True
    )
    assert pairs.names == ("train/a/x", "val/x")
    assert split(pairs, tmp_path).held_out.names == ("val/x",)
