import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import InstanceDatastore
from tests.data.png_chunks import GREY, png
from tests.data.tiff_tags import tiff


@pytest.mark.parametrize(
    "name, dtype, values",
    [
        ("a.png", "uint8", [0, 255]),
        ("a.png", "uint16", [26001, 65535]),
        ("a.tif", "int32", [0, 2147483647]),
    ],
)
def test_range(tmp_path, name, dtype, values):
    Image.fromarray(np.array([values], dtype)).save(tmp_path / name)
    instance = InstanceDatastore(tmp_path).read(0)
    assert instance.dtype == "int32"
    assert instance.tolist() == [values]


def test_palette_is_read_by_index(tmp_path):
    image = Image.fromarray(np.array([[2, 1]], "uint8"))
    image.putpalette([9, 9, 9, 8, 8, 8, 200, 0, 0])
    image.save(tmp_path / "a.png")
    assert InstanceDatastore(tmp_path).read(0).tolist() == [[2, 1]]


def test_black_and_white(tmp_path):
    Image.fromarray(np.array([[False, True]])).save(tmp_path / "a.png")
    assert InstanceDatastore(tmp_path).read(0).tolist() == [[0, 1]]


def test_colors_are_refused(tmp_path):
    Image.new("RGB", (2, 2)).save(tmp_path / "a.png")
    words = "a.png.*one integer channel.*'RGB'.*16-bit greyscale PNG"
    with pytest.raises(ValueError, match=words):
        InstanceDatastore(tmp_path).read(0)


@pytest.mark.parametrize(
    "array",
    [np.array([[0, 2**31]], "uint32"), np.array([[-(2**31) - 1, 0]], "int64")],
)
def test_numbers_beyond_int32(tmp_path, array):
    np.save(tmp_path / "a.npy", array)
    words = f"must fit into int32.*a.npy.*{array.min()}, {array.max()}"
    with pytest.raises(ValueError, match=words):
        InstanceDatastore(tmp_path).read(0)


def test_unsigned_32_bits_of_a_tiff(tmp_path):
    numbers = np.array([7, 2**31], "<u4")
    (tmp_path / "a.tif").write_bytes(tiff(2, 1, 32, numbers.tobytes()))
    with pytest.raises(ValueError, match="int32.*a.tif.*7, 2147483648"):
        InstanceDatastore(tmp_path).read(0)


@pytest.mark.parametrize("dtype", ["bool", "uint8", "int64", ">u2"])
def test_arrays(tmp_path, dtype):
    np.save(tmp_path / "a.npy", np.array([[0, 1]], dtype))
    instance = InstanceDatastore(tmp_path).read(0)
    assert instance.dtype == "int32"
    assert instance.tolist() == [[0, 1]]


@pytest.mark.parametrize("shape, dtype", [((1, 2, 3), "u1"), ((1, 2), "f4")])
def test_other_arrays(tmp_path, shape, dtype):
    np.save(tmp_path / "a.npy", np.zeros(shape, dtype))
    with pytest.raises(ValueError, match="a.npy.*integers of shape"):
        InstanceDatastore(tmp_path).read(0)


def test_ids_of_4_bits(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(png(4, 1, 4, GREY, [b"\x01\x2f"]))
    assert InstanceDatastore(tmp_path).read(0).tolist() == [[0, 1, 2, 15]]


def test_instance_maps_are_turned_like_photographs(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 8
    numbers = np.array([[1, 2, 3], [4, 5, 60000]], "uint16")
    Image.fromarray(numbers).save(tmp_path / "a.png", exif=exif)
    store = InstanceDatastore(tmp_path)
    assert store.read(0).tolist() == [[3, 60000], [2, 5], [1, 4]]
