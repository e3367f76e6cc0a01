"""Names that a program in a hurry breaks on, from folder to batch."""

import json
import os
import sys

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import check_data, read_pairs

NAMES = [
    "a b",
    " leading and trailing ",
    "two\nlines",
    "tab\tand\x1b",
    "über 日本語 🚗",
    "e\u0301 in two letters",
    "quote'\" and $HOME; rm *",
    "100%d {name}",
    "dots.in.it",
    "-dash",
]


def write(folder, names):
    """Each image is of one level, that of its place in `names`."""
    for kind in ("images", "masks"):
        (folder / kind).mkdir()
        for number, name in enumerate(names):
            level = number if kind == "images" else 255
            image = Image.new("L", (6, 4), level)
            image.save(folder / kind / f"{name}.png")
    return folder


def levels(pairs):
    return [int(pairs.read(i)["image"][0, 0, 0]) for i in range(len(pairs))]


@pytest.mark.skipif(os.sep != "/", reason="not all are allowed there")
def test_pairs_and_batches(tmp_path):
    pytest.importorskip("tensorflow")
    pairs = read_pairs(write(tmp_path, NAMES))
    assert sorted(pairs.names) == sorted(NAMES)
    expected = [NAMES.index(name) for name in pairs.names]
    assert levels(pairs) == expected
    batches = list(pairs.to_dataset(batch_size=4).as_numpy_iterator())
    images = np.concatenate([batch["image"] for batch in batches])
    found = np.rint((images[:, 0, 0, 0] + 1) * 127.5).astype(int).tolist()
    assert found == expected
    assert all((batch["label"] == 1).all() for batch in batches)


@pytest.mark.skipif(sys.platform != "linux", reason="not all are allowed there")
def test_names_that_are_no_unicode(tmp_path):
    names = ["a", "b\udcff", "c\udc80\udcfe", "d"]
    pairs = read_pairs(write(tmp_path, names))
    assert pairs.names == tuple(names) and levels(pairs) == [0, 1, 2, 3]
    assert pairs.check()["pairs"] == 4
    report = check_data(pairs)
    report.save(tmp_path / "report.json")
    json.loads((tmp_path / "report.json").read_bytes().decode("ascii"))
    assert report.clean and str(report).encode()
    train, held_out = pairs.partition(0.5)
    assert sorted(train.names + held_out.names) == names
    (batch,) = pairs.select(names[1:3]).to_pydataset(
        batch_size=2, image_dtype="uint8"
    )
    assert batch["image"][:, 0, 0, 0].tolist() == [1, 2]
    with pytest.raises(ValueError, match="names of pairs.*udcfc"):
        pairs.select(["\udcfc"])


@pytest.mark.skipif(os.sep != "/", reason="not all are allowed there")
def test_the_error_of_a_damaged_file_names_it_on_one_line(tmp_path):
    folder = write(tmp_path, NAMES)
    (folder / "images" / "two\nlines.png").write_bytes(b"")
    with pytest.raises(ValueError) as caught:
        read_pairs(folder).check()
    assert r'two\nlines.png" must be a complete image' in str(caught.value)
    assert "\n" not in str(caught.value)


def test_stems_twice(tmp_path):
    folder = write(tmp_path, ["a", "b"])
    Image.new("L", (6, 4)).save(folder / "images" / "a.jpg")
    words = "one file of .*images.*key 'a' for a.jpg and a.png. Remove one"
    with pytest.raises(ValueError, match=words):
        read_pairs(folder)


def test_a_folder_behind_a_scheme(tmp_path):
    tf = pytest.importorskip("tensorflow")
    folder = write(tmp_path, ["a b", "ü"])
    gfile = tf.io.gfile
    for kind in ("images", "masks"):
        gfile.makedirs(f"ram://odd/{kind}")
        for path in (folder / kind).iterdir():
            gfile.copy(str(path), f"ram://odd/{kind}/{path.name}")
    pairs = read_pairs("ram://odd")
    assert pairs.names == ("a b", "ü")
    assert levels(pairs) == [0, 1]
    (batch,) = pairs.to_dataset(batch_size=2).as_numpy_iterator()
    assert batch["image"].shape == (2, 4, 6, 3)
    assert (batch["label"] == 1).all()
    gfile.rmtree("ram://odd")


@pytest.mark.skipif(os.sep != "/", reason="not all are allowed there")
def test_the_error_of_a_missing_partner_is_one_line(tmp_path):
    folder = write(tmp_path, NAMES)
    (folder / "masks" / "two\nlines.png").unlink()
    with pytest.raises(ValueError, match="exactly one label map") as caught:
        read_pairs(folder)
    assert "\n" not in str(caught.value)
