import os
import signal

import ml_dtypes
import numpy as np
import pytest

from keras_pix2pixhd.checkpoints.checkpoint_file import (
    read_arrays,
    read_header,
    write_checkpoint_file,
)
from keras_pix2pixhd.whole_file import whole_file

HEADER = {"step": 7, "words": ["ä", None, 0.1]}


def arrays():
    return [
        np.arange(6, dtype="float32").reshape(2, 3).T,
        np.array(2**40, "int64"),
        np.array([1.5, -0.0, np.nan], ml_dtypes.bfloat16),
        np.array([True, False]),
        np.zeros((0, 4), "float16"),
    ]


def read(path):
    header = read_header(path)
    dtypes = ["float32", "int64", "bfloat16", "bool", "float16"]
    return header, [
        (x.dtype, x.shape, x.tobytes()) for x in (read_arrays(path, dtypes))
    ]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "x.npz"
    write_checkpoint_file(path, HEADER, iter(arrays()))
    return path


def test_what_is_written_is_read_to_the_bit(path):
    header, found = read(path)
    assert header == HEADER
    assert found == [(x.dtype, x.shape, x.tobytes()) for x in arrays()]


def test_no_bit_can_flip_unseen(path):
    whole, content = path.read_bytes(), read(path)
    seen, places = 0, range(0, len(whole), 3)
    for i in places:
        damaged = bytearray(whole)
        damaged[i] ^= 1 << i % 8
        path.write_bytes(damaged)
        try:
            found = read(path)
        except Exception:  # damage has many faces
            seen += 1
        else:  # of what archives note besides, such as dates
            assert found == content
    assert seen > len(places) / 2


def test_no_end_can_be_missing(path):
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(Exception):  # noqa: B017
            read_header(path)


def test_what_is_no_checkpoint_is_refused(path):
    np.savez(path, a=np.zeros(3))
    with pytest.raises(ValueError, match="its parts are not those"):
        read_header(path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_process_that_is_killed_leaves_the_file_of_before(path):
    def die():
        yield arrays()[0]
        os.kill(os.getpid(), signal.SIGKILL)

    before = path.read_bytes()
    child = os.fork()
    if not child:
        try:
            with whole_file(path) as part:
                write_checkpoint_file(part, HEADER, die())
        finally:
            os._exit(1)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert path.read_bytes() == before
