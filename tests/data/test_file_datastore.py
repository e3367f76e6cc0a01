import io
import os
import tempfile

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ImageDatastore
from keras_pix2pixhd.data.file_datastore import FileDatastore


def touch(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_subfolders(tmp_path):
    touch(tmp_path, "b.png", "a/2.png", "a/1.JPG", "a/deep/x.gif", "a/no.txt")
    touch(tmp_path, ".hidden/y.png", "a/.z.png")
    store = FileDatastore(tmp_path, recursive=True)
    assert store.names == ["a/1.JPG", "a/2.png", "a/deep/x.gif", "b.png"]
    assert store.files[2] == tmp_path / "a" / "deep" / "x.gif"
    assert FileDatastore(tmp_path).names == ["b.png"]


def test_odd_names(tmp_path):
    names = [" .png", "a b.png", "two\nlines.png", "ü日本.png", "'\".png"]
    touch(tmp_path, *names)
    assert FileDatastore(tmp_path).names == sorted(names)


@pytest.mark.skipif(os.sep != "/", reason="names are text there")
def test_a_name_that_is_no_text(tmp_path):
    name = os.fsdecode(b"\xff\xfe.png")
    touch(tmp_path, name)
    store = ImageDatastore(tmp_path)
    with pytest.raises(ValueError, match="an empty file") as caught:
        store.read(0)
    assert "udcff" in str(caught.value)
    str(caught.value).encode()


def test_a_folder_named_like_an_image(tmp_path):
    touch(tmp_path, "a.png/b.png", "c.png")
    assert FileDatastore(tmp_path).names == ["c.png"]
    store = FileDatastore(tmp_path, recursive=True)
    assert store.names == ["a.png/b.png", "c.png"]


def test_only_a_folder_named_like_an_image(tmp_path):
    (tmp_path / "a.png").mkdir()
    with pytest.raises(ValueError, match=r"1 other entries \(a.png/\)"):
        FileDatastore(tmp_path)


def test_nothing_in_any_subfolder(tmp_path):
    touch(tmp_path, "a/b.txt")
    words = r"must hold image files.*hidden folders are not.*\(a/b.txt\)"
    with pytest.raises(ValueError, match=words):
        FileDatastore(tmp_path, recursive=True)


def test_the_folder_is_a_file(tmp_path):
    touch(tmp_path, "a.png")
    with pytest.raises(ValueError, match='folder.*a.png": Not a directory'):
        FileDatastore(tmp_path / "a.png")


def test_links_out_of_the_folder_are_followed(tmp_path):
    touch(tmp_path, "disk/x.png", "disk/more/y.png")
    folder = tmp_path / "cars"
    folder.mkdir()
    (folder / "a.png").symlink_to("../disk/x.png")
    (folder / "b").symlink_to("../disk/more")
    assert FileDatastore(folder).names == ["a.png"]
    assert FileDatastore(folder, recursive=True).names == ["a.png", "b/y.png"]


def test_a_link_to_nowhere(tmp_path):
    touch(tmp_path, "b.png")
    (tmp_path / "a.png").symlink_to("gone.png")
    words = r'link must lead to a file.*a.png": No such file.*Mend the link'
    with pytest.raises(ValueError, match=words):
        FileDatastore(tmp_path)


def test_a_link_to_itself(tmp_path):
    (tmp_path / "a.png").symlink_to("a.png")
    with pytest.raises(ValueError, match='a.png": .*Mend the link'):
        FileDatastore(tmp_path)


def test_other_links_to_nowhere_do_not_matter(tmp_path):
    touch(tmp_path, "b.png")
    (tmp_path / "notes.txt").symlink_to("gone.txt")
    (tmp_path / ".a.png").symlink_to("gone.png")
    assert FileDatastore(tmp_path).names == ["b.png"]


def test_links_in_a_circle(tmp_path):
    touch(tmp_path, "a/x.png", "b/y.png")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "other").symlink_to("../b")
    (tmp_path / "b" / "other").symlink_to("../a")
    store = FileDatastore(tmp_path, recursive=True)
    expected = ["a/other/y.png", "a/x.png", "b/other/x.png", "b/y.png"]
    assert store.names == expected


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_not_opened(tmp_path):
    touch(tmp_path, "b.png")
    os.mkfifo(tmp_path / "a.png")
    assert FileDatastore(tmp_path).names == ["b.png"]


@pytest.fixture
def fast_folder():
    """A folder in memory where there is one: disks make files slowly."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield folder


def test_many_files(fast_folder):
    for number in range(100_000):
        os.close(os.open(f"{fast_folder}/{number:06}.png", os.O_CREAT))
    store = FileDatastore(fast_folder)
    assert len(store) == 100_000
    assert store.names[-1] == store.files[-1].name == "099999.png"


def test_errors_stay_on_one_line(tmp_path):
    touch(tmp_path, "two\nlines.png")
    store = ImageDatastore(tmp_path)
    for question in (store.read, store.size, store.header):
        with pytest.raises(ValueError) as caught:
            question(0)
        assert r'two\nlines.png" must be' in str(caught.value)
        assert "\n" not in str(caught.value)
    folder = tmp_path / "new\nline"
    folder.mkdir()
    with pytest.raises(ValueError) as caught:
        FileDatastore(folder)
    assert "\n" not in str(caught.value)
    (tmp_path / "a\nb.png").symlink_to("gone")
    with pytest.raises(ValueError) as caught:
        FileDatastore(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_remote_folder(rng):
    gfile = pytest.importorskip("tensorflow").io.gfile
    gfile.makedirs("ram://shop/photos/red")
    image = rng.integers(0, 256, (3, 4, 3)).astype("uint8")
    for name in ("b.png", "a.png", "red/c.tif", ".hidden.png", "notes.txt"):
        data = io.BytesIO()
        Image.fromarray(image).save(data, "TIFF" if "tif" in name else "PNG")
        with gfile.GFile(f"ram://shop/photos/{name}", "wb") as file:
            file.write(data.getvalue())
    store = ImageDatastore("ram://shop/photos")
    assert store.names == ["a.png", "b.png"]
    assert str(store.files[0]) == "ram://shop/photos/a.png"
    np.testing.assert_array_equal(store.read(1), image)
    assert store.size(1) == (3, 4)
    store = ImageDatastore("ram://shop/photos", recursive=True)
    assert store.names == ["a.png", "b.png", "red/c.tif"]
    np.testing.assert_array_equal(store.read(2), image)
    assert "ram://shop/photos, 3 files" in repr(store)
    gfile.remove("ram://shop/photos/a.png")
    with pytest.raises(ValueError, match='photos/a.png" must be a complete'):
        store.read(0)
    gfile.rmtree("ram://shop")
    with pytest.raises(ValueError, match='reachable.*"ram://shop/photos"'):
        ImageDatastore("ram://shop/photos")
