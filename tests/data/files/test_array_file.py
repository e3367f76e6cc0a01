import io
import pickle

import numpy as np
import pytest

from keras_pix2pixhd.data.files.array_file import read_array
from keras_pix2pixhd.data.files.file_header import read_header


def save(path, array, **options):
    np.save(path, array, **options)
    return path


@pytest.mark.parametrize(
    "dtype", ["bool", "uint8", ">i2", "int64", "float16", ">f4"]
)
@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4)])
@pytest.mark.parametrize("order", ["C", "F"])
def test_arrays(tmp_path, dtype, shape, order):
    array = np.arange(np.prod(shape)).reshape(shape) % 2
    array = np.array(array.astype(dtype), order=order)
    stored = read_array(save(tmp_path / "a.npy", array))
    assert stored.dtype == dtype
    np.testing.assert_array_equal(stored, array)


def test_version_2(tmp_path):
    array = np.array([[1, 2]], "uint8")
    with (tmp_path / "a.npy").open("wb") as file:
        np.lib.format.write_array(file, array, version=(2, 0))
    assert read_array(tmp_path / "a.npy").tolist() == [[1, 2]]


class Bomb:
    def __reduce__(self):
        return exec, ("raise SystemExit('a pickle was opened')",)


def test_pickles_are_never_opened(tmp_path):
    path = tmp_path / "a.npy"
    save(path, np.array([[Bomb()]]), allow_pickle=True)
    with pytest.raises(ValueError, match="a.npy.*Received: Python objects"):
        read_array(path)
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(ValueError, match="must be a complete NumPy .npy file"):
        read_array(path)


@pytest.mark.parametrize(
    "array, received",
    [
        (np.zeros(3), "shape=.3,."),
        (np.zeros((1, 2, 3, 4)), "shape=.1, 2, 3, 4."),
        (np.array(1), r"shape=\(\)"),
        (np.array([["a"]]), "dtype=<U1"),
        (np.zeros((1, 1), "complex64"), "dtype=complex64"),
        (np.zeros((1, 1), [("a", "u1")]), "dtype=.*u1"),
        (np.zeros((1, 1), "datetime64[s]"), "dtype=datetime64"),
    ],
)
def test_other_arrays(tmp_path, array, received):
    path = save(tmp_path / "a.npy", array)
    words = f"a.npy.*must hold numbers of shape .H, W.*{received}"
    with pytest.raises(ValueError, match=words):
        read_array(path)
    with pytest.raises(ValueError, match=words):
        read_header(path)


def test_no_pixels(tmp_path):
    path = save(tmp_path / "a.npy", np.zeros((0, 3)))
    with pytest.raises(ValueError, match="must have 1 to 268435456 pixels"):
        read_array(path)


def claiming(shape):
    file = io.BytesIO()
    header = {"descr": "|u1", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)
    return file.getvalue()


@pytest.mark.parametrize(
    "shape, words",
    [
        ((60000, 60000), "must have 1 to 268435456 pixels"),
        ((2**40, 2**40), "must have 1 to 268435456 pixels"),
        ((-5, -5), "0 bytes of data, not 25"),
        ((100, 100), "0 bytes of data, not 10000"),
        ((2, 2, 2**70), "0 bytes of data, not 4722366482869645213696"),
    ],
)
def test_claims_are_checked_before_reading(tmp_path, shape, words):
    path = tmp_path / "a.npy"
    path.write_bytes(claiming(shape))
    with pytest.raises(ValueError, match=words):
        read_array(path)
    with pytest.raises(ValueError, match=words):
        read_header(path)


@pytest.mark.parametrize("change", [lambda d: d[:-1], lambda d: d + b"\0"])
def test_another_length(tmp_path, change):
    path = save(tmp_path / "a.npy", np.zeros((2, 2), "uint8"))
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ValueError, match=r"[35] bytes of data, not 4"):
        read_array(path)


@pytest.mark.parametrize(
    "data",
    [
        b"\x93NUMPY",
        b"\x93NUMPY\x03\0\1\0 ",
        b"\x93NUMPY\x01\0\x05\0((((\n",
        b"\x93NUMPY\x01\0\x0a\0{'descr': \n",
        b"hello",
    ],
)
def test_broken_headers(tmp_path, data):
    path = tmp_path / "a.npy"
    path.write_bytes(data)
    with pytest.raises(ValueError, match="complete NumPy .npy file. Received"):
        read_array(path)


def test_an_empty_file(tmp_path):
    (tmp_path / "a.npy").touch()
    with pytest.raises(ValueError, match="NumPy .npy file.*an empty file"):
        read_array(tmp_path / "a.npy")
