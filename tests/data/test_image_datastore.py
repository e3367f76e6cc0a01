import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ImageDatastore, read_image


def save(path, array, mode=None):
    image = Image.fromarray(np.array(array))
    (image.convert(mode) if mode else image).save(path)
    return path


def test_files_are_sorted_and_filtered(tmp_path):
    pixel = np.zeros((1, 2, 3), "uint8")
    for name in ["b.PNG", "a.jpg", "C.Jpeg", ".hidden.png", "d.gif"]:
        save(tmp_path / name, pixel)
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "sub.png").mkdir()
    store = ImageDatastore(tmp_path)
    names = [path.name for path in store.files]
    assert names == ["C.Jpeg", "a.jpg", "b.PNG", "d.gif"]
    assert len(store) == 4
    assert store.size(0) == (1, 2)
    assert "4 files" in repr(store)


def test_missing_folder(tmp_path):
    with pytest.raises(ValueError, match="existing folder.*nowhere"):
        ImageDatastore(tmp_path / "nowhere")


def test_folder_without_images(tmp_path):
    with pytest.raises(ValueError, match="0 other entries .it is empty"):
        ImageDatastore(tmp_path)
    (tmp_path / "aachen").mkdir()
    words = "subfolders are not searched.*1 other entries .aachen"
    with pytest.raises(ValueError, match=words):
        ImageDatastore(tmp_path)


def test_rgb(tmp_path):
    pixels = np.array([[(1, 2, 3), (255, 0, 9)]], "uint8")
    image = read_image(save(tmp_path / "a.png", pixels))
    assert image.dtype == "uint8"
    assert image.tolist() == pixels.tolist()


def test_grey_becomes_rgb(tmp_path):
    grey = np.array([[0, 200]], "uint8")
    image = read_image(save(tmp_path / "a.png", grey))
    assert image.tolist() == [[[0] * 3, [200] * 3]]


def test_black_and_white_becomes_rgb(tmp_path):
    image = read_image(save(tmp_path / "a.png", np.array([[False, True]])))
    assert image.tolist() == [[[0] * 3, [255] * 3]]


def test_alpha_shows_the_background(tmp_path):
    pixels = [[(1, 2, 3, 0), (9, 8, 7, 255), (0, 100, 255, 51)]]
    path = save(tmp_path / "a.png", np.array(pixels, "uint8"))
    # The last is a fifth of the pixel and four fifths of the background.
    on_white = [[255] * 3, [9, 8, 7], [204, 224, 255]]
    assert read_image(path).tolist() == [on_white]
    on_red = [[250, 0, 0], [9, 8, 7], [200, 20, 51]]
    assert read_image(path, background=(250, 0, 0)).tolist() == [on_red]


def test_palette_becomes_rgb(tmp_path):
    indexed = Image.fromarray(np.array([[0, 1]], "uint8"))
    indexed.putpalette([9, 8, 7, 1, 2, 3])
    indexed.save(tmp_path / "a.png")
    assert read_image(tmp_path / "a.png").tolist() == [[[9, 8, 7], [1, 2, 3]]]


def test_cmyk_becomes_rgb(tmp_path):
    inks = np.zeros((8, 8, 4), "uint8")
    inks[..., 0] = 255  # Cyan ink only: no red, full green and blue.
    path = tmp_path / "a.jpg"
    Image.fromarray(inks, "CMYK").save(path, quality=100)
    with Image.open(path) as image:
        assert image.mode == "CMYK"
    image = read_image(path)
    assert image.shape == (8, 8, 3)
    assert np.abs(image.astype(int) - (0, 255, 255)).max() <= 2


def test_16_bit_grey_is_scaled(tmp_path):
    grey = np.array([[0, 257, 65535, 128, 129, 25700]], "uint16")
    image = read_image(save(tmp_path / "a.png", grey))
    assert image.dtype == "uint8"
    assert image[0, :, 0].tolist() == [0, 1, 255, 0, 1, 100]
    assert (image == image[..., :1]).all()


@pytest.mark.parametrize(
    "values", [np.array([[0.5]], "float32"), np.array([[70000]], "int32")]
)
def test_values_beyond_16_bits(tmp_path, values):
    path = save(tmp_path / "a.tif", values)
    with pytest.raises(ValueError, match=r'a.tif" must hold values of 8 or 16'):
        read_image(path)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.gif", "a.bmp"])
def test_truncated_file(tmp_path, name):
    noise = np.random.default_rng(0).integers(0, 256, (40, 40, 3), "uint8")
    path = save(tmp_path / name, noise)
    path.write_bytes(path.read_bytes()[:600])
    with pytest.raises(ValueError, match=f'{name}" must be a complete image'):
        ImageDatastore(tmp_path).read(0)


def test_file_that_is_no_image(tmp_path):
    (tmp_path / "a.png").write_text("hello")
    store = ImageDatastore(tmp_path)
    with pytest.raises(ValueError, match='a.png" must be a complete image'):
        store.read(0)
    with pytest.raises(ValueError, match='a.png" must be a complete image'):
        store.size(0)


def test_file_that_went_away(tmp_path):
    path = save(tmp_path / "a.png", np.zeros((1, 1), "uint8"))
    store = ImageDatastore(tmp_path)
    path.unlink()
    with pytest.raises(ValueError, match="a.png.*FileNotFoundError"):
        store.read(0)
