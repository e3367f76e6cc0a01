import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import ImageDatastore, read_image
from tests.data.png_chunks import GREY, RGB, chunk, png


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


def test_grey_alpha_shows_the_background(tmp_path):
    grey = Image.new("LA", (1, 1), (100, 51))
    grey.save(tmp_path / "a.png")
    # 100 / 5 + 4 / 5 * 250
    image = read_image(tmp_path / "a.png", (250, 0, 255))
    assert image.tolist() == [[[220, 20, 224]]]


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_transparent_palette_shows_the_background(tmp_path, name):
    indexed = Image.fromarray(np.array([[0, 1]], "uint8"))
    indexed.putpalette([9, 8, 7, 1, 2, 3])
    indexed.save(tmp_path / name, transparency=1)
    image = read_image(tmp_path / name, (40, 50, 60))
    assert image.tolist() == [[[9, 8, 7], [40, 50, 60]]]


@pytest.mark.parametrize(
    "depth, color, row, key",
    [
        (8, GREY, b"\7\5", b"\0\5"),
        (16, GREY, b"\7\7\0\5", b"\0\5"),
        (8, RGB, b"\7\7\7\5\6\7", b"\0\5\0\6\0\7"),
    ],
)
def test_a_transparent_color_shows_the_background(
    tmp_path, depth, color, row, key
):
    path = tmp_path / "a.png"
    path.write_bytes(png(2, 1, depth, color, [row], chunk(b"tRNS", key)))
    image = read_image(path, (40, 50, 60))
    assert image.tolist() == [[[7, 7, 7], [40, 50, 60]]]


@pytest.mark.parametrize(
    "background", [(1, 2), (1, 2, 256), (-1, 2, 3), (0.5, 0.5, 0.5), "red", 7]
)
def test_background_that_is_no_color(tmp_path, background):
    save(tmp_path / "a.png", np.zeros((1, 2), "uint8"))
    words = "`background` must be three integers.*background="
    with pytest.raises(ValueError, match=words):
        ImageDatastore(tmp_path, background=background)
    with pytest.raises(ValueError, match=words):
        read_image(tmp_path / "a.png", background)


def test_background_of_a_store(tmp_path):
    save(tmp_path / "a.png", np.array([[(1, 2, 3, 0)]], "uint8"))
    store = ImageDatastore(tmp_path, background=np.array([0, 9, 255]))
    assert store.background == (0, 9, 255)
    assert store.read(0).tolist() == [[[0, 9, 255]]]


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


def test_16_bit_colors_keep_the_upper_8(tmp_path):
    path = tmp_path / "a.png"
    row = b"\1\xff\2\0\3\x80" + b"\xff\xff\0\0\x80\7"
    path.write_bytes(png(2, 1, 16, RGB, [row]))
    assert read_image(path).tolist() == [[[1, 2, 3], [255, 0, 128]]]


def test_grey_of_2_bits_is_stretched(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png(4, 1, 2, GREY, [b"\x1b"]))
    image = read_image(path)
    assert image[0, :, 0].tolist() == [0, 85, 170, 255]


# A picture of 1 2 3 over 4 5 6, by how viewers turn it.
UPRIGHT = {
    1: [[1, 2, 3], [4, 5, 6]],
    2: [[3, 2, 1], [6, 5, 4]],
    3: [[6, 5, 4], [3, 2, 1]],
    4: [[4, 5, 6], [1, 2, 3]],
    5: [[1, 4], [2, 5], [3, 6]],
    6: [[4, 1], [5, 2], [6, 3]],
    7: [[6, 3], [5, 2], [4, 1]],
    8: [[3, 6], [2, 5], [1, 4]],
}


@pytest.mark.parametrize("orientation", UPRIGHT)
@pytest.mark.parametrize(
    "name, dtype",
    [
        ("a.png", "uint8"),
        ("a.png", "uint16"),
        ("a.tif", "uint8"),
        ("a.tif", "uint16"),
        ("a.jpg", "uint8"),
        ("a.webp", "uint8"),
    ],
)
def test_rotation(tmp_path, orientation, name, dtype):
    # Blocks of 16 pixels come out of JPEG as they went in.
    stored = np.kron(np.array(UPRIGHT[1]) * 40, np.ones((16, 16)))
    stored = stored.astype(dtype) * (257 if dtype == "uint16" else 1)
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if name == "a.webp" else {}
    Image.fromarray(stored).save(tmp_path / name, exif=exif, **options)
    grey = read_image(tmp_path / name)[8::16, 8::16, 0]
    assert grey.tolist() == (np.array(UPRIGHT[orientation]) * 40).tolist()


def test_halves(tmp_path):
    pixels = np.arange(2 * 4 * 3, dtype="uint8").reshape(2, 4, 3)
    save(tmp_path / "a.png", pixels)
    left = ImageDatastore(tmp_path, part="left")
    right = ImageDatastore(tmp_path, part="right")
    assert left.size(0) == right.size(0) == (2, 2)
    np.testing.assert_array_equal(left.read(0), pixels[:, :2])
    np.testing.assert_array_equal(right.read(0), pixels[:, 2:])
    assert right.header(0)[2:4] == (2, 2)


def test_halves_of_an_odd_width(tmp_path):
    save(tmp_path / "a.png", np.zeros((2, 5), "uint8"))
    store = ImageDatastore(tmp_path, part="left")
    words = 'a.png" must have an even width.*Received: width=5'
    for question in (store.size, store.read):
        with pytest.raises(ValueError, match=words):
            question(0)


def test_halves_after_the_rotation(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    image = Image.fromarray(np.array([[1, 2, 3], [4, 5, 6]], "uint8"))
    image.save(tmp_path / "a.png", exif=exif)
    store = ImageDatastore(tmp_path, part="right")
    assert store.size(0) == (3, 1)
    assert store.read(0)[..., 0].tolist() == [[1], [2], [3]]


@pytest.mark.parametrize("part", ["top", "", 0])
def test_another_part(tmp_path, part):
    save(tmp_path / "a.png", np.zeros((2, 2), "uint8"))
    with pytest.raises(ValueError, match="`part` must be one of.*part="):
        ImageDatastore(tmp_path, part=part)
    with pytest.raises(ValueError, match="`part` must be one of.*part="):
        read_image(tmp_path / "a.png", part=part)


@pytest.mark.parametrize(
    "values", [np.array([[0.5]], "float32"), np.array([[70000]], "int32")]
)
def test_values_beyond_16_bits(tmp_path, values):
    path = save(tmp_path / "a.tif", values)
    with pytest.raises(ValueError, match=r'a.tif" must hold values of 8 or 16'):
        read_image(path)
