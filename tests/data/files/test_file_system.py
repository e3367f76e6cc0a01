import pathlib
import sys

import pytest

from keras_pix2pixhd.data.files.file_system import (
    RemotePath,
    as_path,
    one_line,
    shown,
)


@pytest.fixture
def tf():
    return pytest.importorskip("tensorflow")


@pytest.fixture
def cars(tf):
    folder = "ram://cars/images"
    tf.io.gfile.makedirs(folder)
    with tf.io.gfile.GFile(f"{folder}/a b.png", "wb") as file:
        file.write("é".encode())
    yield folder
    tf.io.gfile.rmtree("ram://cars")


def test_paths_of_this_machine():
    assert as_path("cars") == pathlib.Path("cars")
    path = pathlib.Path("x")
    assert as_path(path) == path


@pytest.mark.parametrize("path", [None, 3, b"cars", ["a"]])
def test_what_is_no_path(path):
    with pytest.raises(ValueError, match="must be a string or a path. Recei"):
        as_path(path)


def test_names_in_messages_stay_on_one_line():
    assert shown("a/bü c.png") == '"a/bü c.png"'
    assert shown(pathlib.Path("a\nb\x1b")) == '"a\\nb\\x1b"'
    # What Python makes of bytes that are no UTF-8.
    assert one_line("\udcff").encode() == b"\\udcff"


def test_parts_of_a_remote_path(tf):
    path = as_path("gs://bucket/cars/one.tar.png")
    assert str(path) == "gs://bucket/cars/one.tar.png"
    assert (path.name, path.stem, path.suffix) == (
        "one.tar.png",
        "one.tar",
        ".png",
    )
    assert path.parent == as_path("gs://bucket/cars/")
    assert path.parent / "one.tar.png" == path
    assert str(as_path("ram://") / "a") == "ram://a"
    assert as_path(path) is path
    assert repr(path) == "RemotePath('gs://bucket/cars/one.tar.png')"


def test_remote_paths_are_sorted_and_hashed(tf):
    a, b = RemotePath("ram://a"), RemotePath("ram://b")
    assert sorted([b, a]) == [a, b]
    assert len({a, b, RemotePath("ram://a/")}) == 2
    assert a != "ram://a"
    with pytest.raises(TypeError):
        sorted([a, pathlib.Path("a")])


def test_a_remote_folder(cars):
    folder = as_path(cars)
    assert folder.is_dir() and folder.exists() and not folder.is_file()
    (file,) = folder.iterdir()
    assert file.name == "a b.png"
    assert file.is_file() and not file.is_dir()
    assert file.read_bytes() == "é".encode()
    assert file.read_text() == "é"
    with file.open() as stream:
        stream.seek(1)
        assert stream.read(1) == b"\xa9"


def test_a_missing_remote_folder(tf):
    folder = as_path("ram://nowhere")
    assert not folder.exists() and not folder.is_dir()
    with pytest.raises(ValueError, match='reachable.*"ram://nowhere": Could'):
        list(folder.iterdir())


def test_an_unknown_scheme(tf):
    with pytest.raises(ValueError, match='known to tf.io.gfile.*"foo://x"'):
        list(as_path("foo://x").iterdir())


def test_without_tensorflow(monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    assert as_path("cars").name == "cars"
    words = "such as gs://.* are read by tf.io.gfile.*pip install tensorflow"
    with pytest.raises(ValueError, match=words):
        as_path("gs://cars")
