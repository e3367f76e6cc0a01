import json
import os

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data.checking.check_folder import check_folder
from tests.data.label_folders import TABLE, write_pair


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A data folder, seen from another."""
    folder = tmp_path / "my data"
    write_pair(folder, "a", [[1, 2], [9, 9]])
    write_pair(folder, "b", [[1, 2], [7, 9]])
    TABLE.save(folder / "classes.json")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    return folder


def test_report_and_sheet_go_below_the_current_folder(data, tmp_path):
    report, paths = check_folder(data)
    output = tmp_path / "elsewhere" / "data_check" / "my data"
    assert paths == [output / "report.json", output / "sheet.png"]
    assert sorted(os.listdir(output)) == ["report.json", "sheet.png"]
    assert json.loads(paths[0].read_text()) == report.to_dict()
    assert np.asarray(Image.open(paths[1])).shape[-1] == 3
    assert sorted(os.listdir(data)) == ["classes.json", "images", "labels"]


def test_they_go_where_they_are_asked_for(data, tmp_path):
    _, paths = check_folder(data, output=tmp_path / "x" / "y", samples=0)
    assert paths == [tmp_path / "x" / "y" / "report.json"]


def test_an_old_sheet_does_not_stay_when_there_is_none(data):
    _, paths = check_folder(data)
    check_folder(data, samples=0)
    assert not paths[1].exists() and paths[0].exists()


@pytest.mark.parametrize("inside", [".", "report", "images/../x"])
def test_never_into_the_data_folder(data, inside):
    with pytest.raises(ValueError, match="must not go into the data folder"):
        check_folder(data, output=data / inside)
    assert sorted(os.listdir(data)) == ["classes.json", "images", "labels"]


def test_the_data_folder_as_current_folder(data, monkeypatch):
    monkeypatch.chdir(data)
    with pytest.raises(ValueError, match="Name another folder with --output"):
        check_folder(".")


def test_components(data):
    report, _ = check_folder(data, components=True)
    assert report.kinds == ("image", "label", "instance")
    assert report.instances["instances"] == 3 + 4


def test_a_file_of_classes(data, tmp_path):
    (data / "classes.json").rename(tmp_path / "table.json")
    (data / "labels").rename(data / "masks")
    report, _ = check_folder(data, classes=tmp_path / "table.json")
    assert report.pixels == {"road": 2, "car": 2, "sky": 1}


def test_a_file_of_classes_and_instances(data, tmp_path):
    for name in "ab":
        write_pair(data, name, [[1, 2]], instance=[[1, 2]])
    report, _ = check_folder(data, classes=data / "classes.json")
    assert report.instances["instances"] == 4


def test_files_without_partner_are_in_the_report(data):
    (data / "labels" / "b.png").unlink()
    report, _ = check_folder(data)
    assert report.unpaired == {"image": [str(data / "images" / "b.png")]}


def test_no_pair_leaves_a_report(data):
    (data / "labels" / "b.png").unlink()
    (data / "images" / "a.png").unlink()
    report, paths = check_folder(data)
    assert (report.pairs, report.clean, len(paths)) == (0, False, 1)


@pytest.mark.parametrize(
    "options, words",
    [
        ({"layout": "nvidia", "classes": "c.json"}, "A layout brings its own"),
        ({"layout": "nope"}, "`layout` must be one of"),
        ({"workers": 0}, "`workers` must be an int >= 1"),
        ({"classes": "missing.json"}, "missing.json"),
    ],
)
def test_what_cannot_be(data, options, words):
    with pytest.raises(ValueError, match=words):
        check_folder(data, **options)


def test_classes_for_a_folder_of_other_names(data):
    (data / "labels").rename(data / "ids")
    with pytest.raises(ValueError, match="must hold images/ and labels/"):
        check_folder(data, classes=data / "classes.json")


def test_a_folder_that_is_not_there(data):
    with pytest.raises(ValueError, match="must be an existing folder"):
        check_folder(data / "nope")


def test_a_folder_behind_a_scheme(data, tmp_path):
    tf = pytest.importorskip("tensorflow")
    for path in data.rglob("*.*"):
        url = f"ram://bucket/cars/{path.relative_to(data).as_posix()}"
        tf.io.gfile.makedirs(url.rpartition("/")[0])
        with tf.io.gfile.GFile(url, "wb") as file:
            file.write(path.read_bytes())
    report, paths = check_folder("ram://bucket/cars")
    assert report.clean and report.pairs == 2
    output = tmp_path / "elsewhere" / "data_check" / "cars"
    assert [path.resolve() for path in paths] == [
        output / "report.json",
        output / "sheet.png",
    ]
