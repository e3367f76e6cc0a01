import numpy as np
import pytest

from keras_pix2pixhd.data.resize_modes import check_crop, plan


@pytest.mark.parametrize(
    "mode, image_size, load_size, expected",
    [
        ("resize", None, None, (1280, 1918)),
        ("resize", (576, 768), None, (576, 768)),
        ("resize_and_crop", (256, 256), (286, 300), (286, 300)),
        ("resize_and_crop", (256, 256), None, (256, 256)),
        ("crop", (256, 256), None, (1280, 1918)),
        # 1280 * 512 / 1918 = 341.69
        ("scale_width", None, (1, 512), (341, 512)),
        ("scale_width", (256, 512), None, (341, 512)),
        ("scale_width_and_crop", (256, 256), (1, 1024), (683, 1024)),
        # 1918 * 256 / 1280 = 383.6
        ("scale_shortside", None, (256, 300), (256, 383)),
        ("scale_shortside_and_crop", (256, 256), (286, 286), (286, 428)),
        # 1918 / 16 = 119.875; 1280 / 32 = 40, 1918 / 32 = 59.9375
        ("none", None, None, (1280, 1920)),
        ("none_32", None, None, (1280, 1920)),
    ],
)
def test_sizes(mode, image_size, load_size, expected):
    size = plan(mode, (1280, 1918), image_size, load_size)
    assert tuple(size) == expected
    many = plan(mode, [(1280, 1918)] * 3, image_size, load_size)
    assert many.tolist() == [list(expected)] * 3


def test_the_short_side_may_be_either():
    sizes = plan("scale_shortside", [(20, 40), (40, 20)], None, (10, 10))
    assert sizes.tolist() == [[10, 20], [20, 10]]


def test_nothing_becomes_empty():
    assert plan("none", (3, 40), None).tolist() == [16, 32]
    assert plan("scale_width", (1, 900), None, (9, 9)).tolist() == [1, 9]


def test_an_odd_size_goes_to_the_even_multiple_as_in_the_reference():
    # Python's round(1.5) * 16 and round(2.5) * 16
    assert plan("none", (24, 40), None).tolist() == [32, 32]


@pytest.mark.parametrize(
    "mode, image_size, load_size, words",
    [
        ("squash", None, None, "one of resize, resize_and_crop, crop"),
        ("scale_width", None, None, "needs load_size=(height, width)"),
        ("crop", None, None, "crops to image_size=(height, width)"),
        ("resize", (4, 4), (8, 8), "Leave it out, or take another mode"),
        ("crop", (4, 4), (8, 8), "load_size=(8, 8) with resize_mode='crop'"),
        ("scale_width", None, (0, 8), "`load_size` must be None or"),
    ],
)
def test_what_is_refused(mode, image_size, load_size, words):
    with pytest.raises(ValueError) as error:
        plan(mode, (10, 10), image_size, load_size)
    assert words in str(error.value)


def test_a_crop_larger_than_the_pair_is_refused():
    with pytest.raises(ValueError) as error:
        check_crop("crop", [(9, 9), (9, 7)], (8, 8), ["a", "b"])
    assert "1 pair that would be smaller, such as 'b'" in str(error.value)
    assert "(height, width) (9, 7)" in str(error.value)
    check_crop("crop", np.array([(8, 8)]), (8, 8), ["a"])
    check_crop("resize", np.array([(1, 1)]), (8, 8), ["a"])
