import json
import os
import zipfile

import numpy as np
import pytest

from keras_pix2pixhd.features import FeatureClusters
from tests.features.standing_in import TABLE


def clusters(table=TABLE):
    return FeatureClusters(
        [[[0.5, 0.1]], None, [[-1.0, 0.0], [1.0, 0.25]]],
        table,
        follow="labels",
        samples=[4, 0, 9],
        source="runs/0001-toy",
        images=["a", "b"],
    )


@pytest.fixture
def path(tmp_path):
    clusters().save(tmp_path / "features.npz")
    return tmp_path / "features.npz"


def test_round_trip(path):
    loaded = FeatureClusters.load(path)
    assert loaded.class_table == TABLE
    assert loaded.follow == "labels"
    assert loaded.samples == (4, 0, 9)
    assert loaded.source == "runs/0001-toy"
    assert loaded.images == ("a", "b")
    for ours, theirs in zip(loaded.centers, clusters().centers, strict=True):
        assert ours.dtype == "float32"
        np.testing.assert_array_equal(ours, theirs)
    assert os.listdir(path.parent) == ["features.npz"]


def test_a_number_of_classes_and_any_name(tmp_path):
    clusters(3).save(str(tmp_path / "styles"))
    assert os.listdir(tmp_path) == ["styles"]
    assert FeatureClusters.load(tmp_path / "styles").class_table == 3


def test_saving_where_nothing_can_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ValueError, match="x.npz. must be a file that can be"):
        clusters().save(tmp_path / "file" / "x.npz")
    assert os.listdir(tmp_path) == ["file"]


def test_missing(tmp_path):
    words = 'nowhere.npz", which is missing. Fit them first: pix2pixhd'
    with pytest.raises(ValueError, match=words):
        FeatureClusters.load(tmp_path / "nowhere.npz")


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return open, (self.path, "w")


def write_text(path, _):
    path.write_text("no features")


def write_cut(path, _):
    path.write_bytes(path.read_bytes()[:-40])


def write_damaged(path, _):
    whole = bytearray(path.read_bytes())
    place = whole.index(b"keras_pix2pixhd".decode().encode("utf-32-le"))
    whole[place] ^= 1
    path.write_bytes(whole)


def write_array(path, _):
    with open(path, "wb") as file:
        np.save(file, np.zeros(3))


def write_other(path, _):
    np.savez(path, centers=np.zeros((2, 2)))


def write_zip(path, _):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme", "no arrays")


def write_code(path, marker):
    code = np.array([Touch(marker)], dtype=object)
    np.savez(path, allow_pickle=True, description=code)


def changed(path, **changes):
    with np.load(path) as found:
        arrays = {**found, **changes}
    np.savez(path, **arrays)


def write_version(path, _):
    changed(path, description=np.array(json.dumps({"format": "features 9"})))


def write_list(path, _):
    changed(path, description=np.array("[1, 2]"))


def write_fewer(path, _):
    changed(path, centers=np.zeros((2, 2)))


def write_classes(path, _):
    changed(path, styles=np.array([1, 2]))


def write_no_classes(path, _):
    changed(path, styles=np.array([], int))


@pytest.mark.parametrize(
    "write, words",
    [
        (write_text, "another kind of file, or an incomplete one"),
        (write_cut, "another kind of file, or an incomplete one"),
        (write_damaged, "Bad CRC-32"),
        (write_array, "another kind of file"),
        (write_other, "description"),
        (write_zip, "description"),
        (write_code, "allow_pickle=False"),
        (write_version, "format='features 9'"),
        (write_list, "indices must be"),
        (write_fewer, "2 styles in place of 3"),
        (write_classes, "2 entries, 2 of them not empty, for 3 classes"),
        (write_no_classes, "out of bounds"),
    ],
)
def test_files_that_are_none(path, tmp_path, write, words):
    write(path, tmp_path / "marker")
    with pytest.raises(ValueError, match=f"features.npz.*({words})"):
        FeatureClusters.load(path)
    assert not (tmp_path / "marker").exists()
