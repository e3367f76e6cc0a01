import pytest

from keras_pix2pixhd.segmentation.segmenter_files import (
    check_outside,
    new_segmenter_folder,
)


@pytest.mark.parametrize(
    "data, name",
    [
        ("a/cars/", "0001-cars"),
        ("gs://bucket/my cars", "0001-my_cars"),
        ("Autos in Köln", "0001-Autos_in_K_ln"),
        (".", "0001-here"),
        ("/", "0001-data"),
    ],
)
def test_the_folder_is_named_after_the_data(tmp_path, monkeypatch, data, name):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert new_segmenter_folder(tmp_path / "out", data).name == name


def test_the_folders_are_numbered(tmp_path):
    folders = [new_segmenter_folder(tmp_path, data) for data in "aba"]
    assert [path.name for path in folders] == ["0001-a", "0002-b", "0003-a"]


def test_a_segmenter_does_not_go_among_the_data(tmp_path):
    (tmp_path / "data").mkdir()
    for output in (tmp_path / "data", tmp_path / "data" / "segmenters"):
        with pytest.raises(ValueError, match="not be written to where images"):
            check_outside(output, str(tmp_path / "data"))
    check_outside(tmp_path, str(tmp_path / "data"))
    check_outside(tmp_path / "data2", str(tmp_path / "data"))
