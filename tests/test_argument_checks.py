import math
import pathlib

import numpy as np
import pytest

from keras_pix2pixhd.argument_checks import (
    checked_count,
    checked_path,
    is_float32,
)


def test_a_count_is_an_int():
    for value in (2, np.int64(2), np.uint8(2)):
        found = checked_count("keep", value)
        assert (found, type(found)) == (2, int)
    assert checked_count("start", 0, least=0) == 0


@pytest.mark.parametrize("value", [0, -1, True, 1.0, math.nan, "1", None, [1]])
def test_what_is_no_count_is_refused(value):
    with pytest.raises(ValueError) as error:
        checked_count("keep", value)
    words = f"keep must be an integer, at least 1. Received: keep={value!r}"
    assert str(error.value) == words


class Place:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


def test_a_path_is_text_or_something_that_has_it():
    for value in ("a/b", pathlib.Path("a/b"), Place("a/b")):
        assert checked_path("folder", value) == pathlib.Path("a/b")


@pytest.mark.parametrize("value", [None, 5, b"a", ["a"], Place(b"a")])
def test_what_is_no_path_is_refused(value):
    words = r"folder must be a path: text, or a pathlib.Path. Received: folder="
    with pytest.raises(ValueError, match=words):
        checked_path("folder", value)


@pytest.mark.parametrize(
    "value", [1e-320, 1e-38, 3.5e38, 10**400, math.inf, -math.inf, math.nan]
)
def test_what_float32_makes_zero_or_infinite_is_none(value):
    assert not is_float32(value)


def test_what_float32_holds_is_one():
    numbers = [0, 1, -2.5, 1.2e-38, 3.4e38]
    with np.errstate(all="raise"):
        assert all(np.isfinite(np.float32(x)) for x in numbers)
    assert all(is_float32(x) for x in numbers)
