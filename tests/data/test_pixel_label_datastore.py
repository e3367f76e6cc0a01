import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import (
    CARVANA,
    CITYSCAPES,
    ClassTable,
    PixelLabelDatastore,
    read_label,
)
from tests.data.png_chunks import GREY, PALETTE, chunk, png
from tests.data.tiff_tags import tiff

WIDE = ClassTable(
    names=["a", "b", "c"],
    ids=[0, 300, 70000],
    colors=[(255, 0, 0), (0, 255, 0), (0, 0, 255)],
    void_ids=[1],
)


def save(path, array):
    Image.fromarray(np.array(array)).save(path)
    return path


def test_datastore(tmp_path):
    save(tmp_path / "a.png", np.array([[0, 255]], "uint8"))
    store = PixelLabelDatastore(tmp_path, CARVANA)
    assert store.class_table is CARVANA
    assert store.read(0).dtype == "uint8"
    assert store.read(0).tolist() == [[0, 1]]


def test_table_of_a_wrong_kind(tmp_path):
    with pytest.raises(ValueError, match="must be a `ClassTable`.*class_tab"):
        PixelLabelDatastore(tmp_path, 2)


def test_black_and_white_is_0_and_1(tmp_path):
    path = save(tmp_path / "a.png", np.array([[False, True]]))
    assert read_label(path, CARVANA).tolist() == [[0, 1]]


def test_16_bit_ids(tmp_path):
    path = save(tmp_path / "a.png", np.array([[0, 300, 1]], "uint16"))
    assert read_label(path, WIDE).tolist() == [[0, 1, 255]]


def test_32_bit_ids(tmp_path):
    path = save(tmp_path / "a.tif", np.array([[70000, 300]], "int32"))
    assert read_label(path, WIDE).tolist() == [[2, 1]]


@pytest.mark.parametrize("name", ["a.png", "a.gif"])
def test_palette_is_read_by_index_not_by_color(tmp_path, name):
    image = Image.fromarray(np.array([[0, 1, 1]], "uint8"))
    # Its colours say the opposite: index 0 is white, 1 is black.
    image.putpalette([255, 255, 255, 0, 0, 0])
    image.save(tmp_path / name)
    with Image.open(tmp_path / name) as stored:
        assert stored.mode == "P"
    assert read_label(tmp_path / name, CARVANA).tolist() == [[0, 1, 1]]


def test_colors_of_the_table(tmp_path):
    rgb = np.array([[(0, 255, 0), (0, 0, 255), (0, 0, 0)]], "uint8")
    path = save(tmp_path / "a.png", rgb)
    assert read_label(path, WIDE).tolist() == [[1, 2, 255]]


def test_alpha_is_dropped(tmp_path):
    rgba = np.array([[(0, 255, 0, 255), (0, 0, 255, 255)]], "uint8")
    path = save(tmp_path / "a.png", rgba)
    assert read_label(path, WIDE).tolist() == [[1, 2]]


def test_grey_colors_are_ids_where_the_table_lacks_them(tmp_path):
    rgb = np.repeat(np.array([[7, 23]], "uint8")[..., None], 3, -1)
    path = save(tmp_path / "a.png", rgb)
    assert read_label(path, CITYSCAPES).tolist() == [[7, 23]]


def test_colors_of_the_table_come_before_grey_ids(tmp_path):
    table = ClassTable(["a", "b"], [1, 0], [(0, 0, 0), (1, 1, 1)])
    rgb = np.array([[(0, 0, 0), (1, 1, 1)]], "uint8")
    path = save(tmp_path / "a.png", rgb)
    assert read_label(path, table).tolist() == [[0, 1]]


def test_unknown_color(tmp_path):
    rgb = np.array([[(255, 0, 0), (1, 2, 3), (1, 2, 3)]], "uint8")
    path = save(tmp_path / "a.png", rgb)
    words = r'colour of ".*a.png".*\(1, 2, 3\) \(2 pixels\)'
    with pytest.raises(ValueError, match=words):
        read_label(path, WIDE)


def test_unknown_grey_id(tmp_path):
    rgb = np.full((1, 2, 3), 9, "uint8")
    path = save(tmp_path / "a.png", rgb)
    with pytest.raises(ValueError, match=r"id of .*a.png.*9 \(2 pixels\)"):
        read_label(path, CARVANA)


def test_unknown_id(tmp_path):
    path = save(tmp_path / "a.png", np.array([[0, 128]], "uint8"))
    with pytest.raises(ValueError, match=r"id of .*a.png.*128 \(1 pixel\)"):
        read_label(path, CARVANA)


def test_floating_point(tmp_path):
    path = save(tmp_path / "a.tif", np.array([[0.5]], "float32"))
    with pytest.raises(ValueError, match="a.tif.*integer ids or RGB colours"):
        read_label(path, CARVANA)


def test_broken_file(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(ValueError, match='a.png" must be a complete image'):
        read_label(tmp_path / "a.png", CARVANA)


@pytest.mark.parametrize("value", [2**31, 2**32 - 1])
def test_unsigned_32_bits(tmp_path, value):
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(2, 1, 32, np.array([0, value], "<u4").tobytes()))
    table = ClassTable(["a", "b"], [0, value], [(0, 0, 0), (1, 1, 1)])
    assert read_label(path, table).tolist() == [[0, 1]]
    words = rf"a.tif.*Received: {value} \(1 pixel"
    with pytest.raises(ValueError, match=words):
        read_label(path, CARVANA)


def test_negative_ids(tmp_path):
    path = save(tmp_path / "a.tif", np.array([[0, -5]], "int32"))
    with pytest.raises(ValueError, match=r"a.tif.*Received: -5 \(1 pixel"):
        read_label(path, CARVANA)


@pytest.mark.parametrize("depth, row", [(2, b"\x1b"), (4, b"\x01\x23")])
def test_ids_of_2_and_4_bits(tmp_path, depth, row):
    path = tmp_path / "a.png"
    path.write_bytes(png(4, 1, depth, GREY, [row]))
    assert read_label(path, CITYSCAPES).tolist() == [[0, 1, 2, 3]]


@pytest.mark.parametrize("depth, row", [(1, b"\x50"), (2, b"\x11")])
def test_palettes_of_few_bits(tmp_path, depth, row):
    palette = chunk(b"PLTE", b"\xff\xff\xff\0\0\0")
    path = tmp_path / "a.png"
    path.write_bytes(png(4, 1, depth, PALETTE, [row], palette))
    assert read_label(path, CARVANA).tolist() == [[0, 1, 0, 1]]


def test_label_maps_are_turned_like_photographs(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    ids = Image.fromarray(np.array([[1, 2, 3], [4, 5, 6]], "uint8"))
    ids.save(tmp_path / "a.png", exif=exif)
    store = PixelLabelDatastore(tmp_path, CITYSCAPES)
    assert store.size(0) == (3, 2)
    assert store.read(0).tolist() == [[4, 1], [5, 2], [6, 3]]


def test_other_colors(tmp_path):
    Image.new("CMYK", (2, 2)).save(tmp_path / "a.tif")
    with pytest.raises(ValueError, match="a.tif.*RGB colours.*mode .CMYK"):
        read_label(tmp_path / "a.tif", CARVANA)


def test_ids_in_arrays(tmp_path):
    np.save(tmp_path / "a.npy", np.array([[70000, 300, 1]]))
    store = PixelLabelDatastore(tmp_path, WIDE)
    assert store.read(0).tolist() == [[2, 1, 255]]
    np.save(tmp_path / "a.npy", np.array([[False, True]]))
    assert read_label(tmp_path / "a.npy", CARVANA).tolist() == [[0, 1]]


def test_unknown_ids_in_arrays(tmp_path):
    np.save(tmp_path / "a.npy", np.array([[0, 2**64 - 1]], "uint64"))
    words = r"a.npy.*Received: 18446744073709551615 \(1 pixel"
    with pytest.raises(ValueError, match=words):
        read_label(tmp_path / "a.npy", CARVANA)


def test_floats_are_no_ids(tmp_path):
    np.save(tmp_path / "a.npy", np.zeros((2, 3)))
    with pytest.raises(ValueError, match="integers of shape .*dtype=float64"):
        read_label(tmp_path / "a.npy", CARVANA)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", "float32"])
def test_one_hot(tmp_path, dtype):
    vectors = [[(1, 0, 0), (0, 0, 1)], [(0, 1, 0), (0, 0, 0)]]
    np.save(tmp_path / "a.npy", np.array(vectors, dtype))
    label = PixelLabelDatastore(tmp_path, WIDE).read(0)
    assert label.dtype == "uint8"
    assert label.tolist() == [[0, 2], [1, 255]]


def test_several_ones(tmp_path):
    vectors = np.array([[(1, 1), (0, 1), (1, 1)]], "uint8")
    np.save(tmp_path / "a.npy", vectors)
    with pytest.raises(ValueError, match="a.npy. with 2 of 3 pixels of sever"):
        read_label(tmp_path / "a.npy", CARVANA)


@pytest.mark.parametrize("value", [0.5, -1, np.nan, 255])
def test_neither_zeros_nor_ones(tmp_path, value):
    np.save(tmp_path / "a.npy", np.array([[(0, value), (0, 1)]], "float32"))
    words = "zeros and ones.*a.npy. with other values in 1 of 2 pixels"
    with pytest.raises(ValueError, match=words):
        read_label(tmp_path / "a.npy", CARVANA)


def test_one_hot_of_another_length(tmp_path):
    np.save(tmp_path / "a.npy", np.zeros((2, 3, 4)))
    words = r"channel per class, 2 here. Received: .*a.npy.* \(2, 3, 4\)"
    with pytest.raises(ValueError, match=words):
        read_label(tmp_path / "a.npy", CARVANA)


def test_threshold(tmp_path):
    path = save(tmp_path / "a.png", np.array([[0, 99, 100, 255]], "uint8"))
    assert read_label(path, CARVANA, 100).tolist() == [[0, 0, 1, 1]]
    store = PixelLabelDatastore(tmp_path, CARVANA, threshold=np.int64(1))
    assert store.read(0).tolist() == [[0, 1, 1, 1]]
    assert store.read(0).dtype == "uint8"


def test_threshold_of_every_grey_level(tmp_path):
    grey = np.arange(256, dtype="uint8")[None]
    rgb = save(tmp_path / "a.png", np.repeat(grey[..., None], 3, axis=-1))
    for threshold in (1, 127, 128, 255):
        expected = [[0] * threshold + [1] * (256 - threshold)]
        assert read_label(rgb, CARVANA, threshold).tolist() == expected


@pytest.mark.parametrize("name", ["a.jpg", "a.gif", "a.webp", "a.tif"])
def test_threshold_of_masks(tmp_path, name):
    mask = np.kron([[0, 255], [255, 0]], np.ones((16, 16))).astype("uint8")
    label = read_label(save(tmp_path / name, mask), CARVANA, threshold=128)
    np.testing.assert_array_equal(label, mask // 255)


def test_threshold_takes_the_colors_of_a_palette(tmp_path):
    image = Image.fromarray(np.array([[0, 1]], "uint8"))
    image.putpalette([255, 255, 255, 0, 0, 0])
    image.save(tmp_path / "a.png")
    assert read_label(tmp_path / "a.png", CARVANA, 128).tolist() == [[1, 0]]


def test_threshold_of_black_and_white_and_16_bits(tmp_path):
    path = save(tmp_path / "a.png", np.array([[False, True]]))
    assert read_label(path, CARVANA, 255).tolist() == [[0, 1]]
    path = save(tmp_path / "a.png", np.array([[32767, 32897]], "uint16"))
    assert read_label(path, CARVANA, 128).tolist() == [[0, 1]]


def test_threshold_of_colors_is_that_of_their_luma(tmp_path):
    # 0.299 * 255 = 76.2, 0.587 * 255 = 149.7, 0.114 * 255 = 29.1
    rgb = [[(255, 0, 0), (0, 255, 0), (0, 0, 255)]]
    path = save(tmp_path / "a.png", np.array(rgb, "uint8"))
    assert read_label(path, CARVANA, 77).tolist() == [[0, 1, 0]]
    assert read_label(path, CARVANA, 76).tolist() == [[1, 1, 0]]
    assert read_label(path, CARVANA, 150).tolist() == [[0, 1, 0]]
    assert read_label(path, CARVANA, 151).tolist() == [[0, 0, 0]]


@pytest.mark.parametrize("threshold", [0, 256, 0.5, "128", True, (1, 2)])
def test_threshold_out_of_range(tmp_path, threshold):
    path = save(tmp_path / "a.png", np.zeros((1, 1), "uint8"))
    words = r"`threshold` must be an integer in \[1, 255\].*threshold="
    with pytest.raises(ValueError, match=words):
        PixelLabelDatastore(tmp_path, CARVANA, threshold=threshold)
    with pytest.raises(ValueError, match=words):
        read_label(path, CARVANA, threshold)


def test_threshold_of_another_number_of_classes(tmp_path):
    save(tmp_path / "a.png", np.zeros((1, 1), "uint8"))
    words = "two classes apart.*Received: 3 classes and threshold=9"
    with pytest.raises(ValueError, match=words):
        PixelLabelDatastore(tmp_path, WIDE, threshold=9)


def test_threshold_of_an_array(tmp_path):
    np.save(tmp_path / "a.npy", np.zeros((1, 1), "uint8"))
    store = PixelLabelDatastore(tmp_path, CARVANA, threshold=9)
    with pytest.raises(ValueError, match="threshold is for image files.*a.npy"):
        store.read(0)
