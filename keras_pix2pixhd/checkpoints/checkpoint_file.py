"""The file of a checkpoint: a header, arrays, and a hash over all."""

import contextlib
import hashlib
import json
import zipfile

import ml_dtypes  # noqa: F401  NumPy must know bfloat16
import numpy as np

HEADER, DIGEST = "header.json", "sha256"
_BLOCK = 2**22
# of no meaning, so that equal states make equal files
_DATE = (1980, 1, 1, 0, 0, 0)


def write_checkpoint_file(path, header, arrays):
    """Writes an `.npz` file that knows its own SHA-256.

    Args:
        path: where to write.
        header: dict that JSON can hold.
        arrays: iterable of NumPy arrays, taken one by one. Types that NumPy
            has no file format for, such as bfloat16, are stored as unsigned
            integers of the same bits.
    """
    digest = hashlib.sha256()
    with zipfile.ZipFile(path, "w", allowZip64=True) as archive:
        with _member(archive, HEADER, digest) as file:
            file.write(json.dumps(header).encode())
        for i, array in enumerate(arrays):
            with _member(archive, _name(i), digest) as file:
                np.lib.format.write_array(file, _plain(array), version=(1, 0))
        archive.writestr(zipfile.ZipInfo(DIGEST, _DATE), digest.hexdigest())


def read_header(path):
    """Reads the header, after everything was found to be as written.

    Raises:
        Exception: of any type, if the file is damaged.
    """
    digest = hashlib.sha256()
    with zipfile.ZipFile(path) as archive:
        *names, last = archive.namelist()
        arrays = [_name(i) for i in range(len(names) - 1)]
        if [*names, last] != [HEADER, *arrays, DIGEST]:
            raise ValueError("its parts are not those of a checkpoint")
        for name in names:
            digest.update(name.encode())
            with archive.open(name) as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
        if archive.read(DIGEST) != digest.hexdigest().encode():
            raise ValueError("its SHA-256 is not that of its content")
        return json.loads(archive.read(HEADER))


def peek_header(path):
    """Reads the header alone: nothing is checked, nor the rest read.

    Raises:
        Exception: of any type, if the file is damaged.
    """
    with zipfile.ZipFile(path) as archive:
        return json.loads(archive.read(HEADER))


def read_arrays(path, dtypes):
    """Yields the arrays of a file, one by one.

    Args:
        dtypes: list of names, those that the arrays had.
    """
    with zipfile.ZipFile(path) as archive:
        for i, dtype in enumerate(dtypes):
            with archive.open(_name(i)) as file:
                array = np.lib.format.read_array(file, allow_pickle=False)
            yield array.view(np.dtype(dtype)) if _odd(dtype) else array


@contextlib.contextmanager
def _member(archive, name, digest):
    """A part of the archive to write to, hashed with its name."""
    digest.update(name.encode())
    part = zipfile.ZipInfo(name, _DATE)
    with archive.open(part, "w", force_zip64=True) as file:
        yield _Hashed(file, digest)


class _Hashed:
    def __init__(self, file, digest):
        self._file, self._digest = file, digest

    def write(self, data):
        self._digest.update(data)
        return self._file.write(data)


def _name(i):
    return f"{i:06d}.npy"


def _plain(array):
    array = np.asarray(array)
    bits = f"uint{8 * array.dtype.itemsize}"
    return array.view(bits) if _odd(array.dtype) else array


def _odd(dtype):
    """Whether NumPy's format has no word for it."""
    return np.dtype(dtype).isbuiltin != 1
