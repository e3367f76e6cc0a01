import pytest

from keras_pix2pixhd.data.augmenting.layer_words import (
    error_words,
    shape_words,
)

BEFORE = (1, 64, 96, 3)
AUTOGRAPH = """in user code:

    File "layers.py", line 44, in None  *
        return layer(data)

    ValueError: what is wrong
    and more of it
"""
KERAS = (
    "Exception encountered when calling A.call().\n\n"
    "\x1b[1mwhat is wrong\x1b[0m\n\nArguments received:\n  • data=..."
)


@pytest.mark.parametrize(
    "text",
    [
        "what is wrong",
        "\nwhat is wrong\nand more of it",
        AUTOGRAPH,
        KERAS,
        AUTOGRAPH.replace("what is wrong", KERAS),
        KERAS.replace("what is wrong", AUTOGRAPH),
        KERAS.replace("what is wrong", KERAS),
    ],
)
def test_one_line_of_an_error(text):
    assert error_words(ValueError(text)) == "ValueError: what is wrong"


def test_an_error_without_words():
    assert error_words(ValueError()) == "ValueError: "


def test_a_long_line_is_cut():
    assert error_words(ValueError("a" * 999)) == f"ValueError: {'a' * 200} ..."


@pytest.mark.parametrize(
    "after", [(1, 64, 95, 3), (1, 63, 96, 1), (1, None, 9, 3)]
)
def test_another_size(after):
    words = shape_words(print, "images", BEFORE, after)
    assert "which changes it. Crop and resize with" in words


@pytest.mark.parametrize(
    "after", [(1, 64, 96, 1), (64, 96, 3), (1, None, None, 1)]
)
def test_another_shape_of_the_same_size(after):
    words = shape_words(print, "images", BEFORE, after)
    assert "Crop" not in words
    assert words.endswith(
        f"returned images of shape {after} instead of (1, 64, 96, 3)"
    )
