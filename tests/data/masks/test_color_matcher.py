import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.data.masks.color_codes import pack, unpack
from keras_pix2pixhd.data.masks.color_matcher import ColorMatcher
from tests.data.label_folders import TABLE


def match(rows, table=TABLE, **options):
    return ColorMatcher(table, **options).match(pack(rows))


def test_codes_and_back():
    colors = [(0, 0, 0), (255, 254, 1), (1, 2, 255)]
    assert pack(colors).tolist() == [0, 0xFFFE01, 0x0102FF]
    assert unpack(pack(colors)) == colors


def test_the_first_id_of_each_class_and_black_as_void():
    found = match([[(100, 0, 0), (0, 100, 0)], [(0, 0, 100), (0, 0, 0)]])
    assert found.ids.tolist() == [[1, 2], [7, 9]]
    assert found.ids.dtype == "uint8"
    assert (found.unknown, found.counts, found.snapped) == ([], [], 0)


def test_unknown_colors_are_counted_and_get_the_void_id():
    found = match([[(1, 2, 3), (100, 0, 0), (1, 2, 3), (255, 255, 255)]])
    assert found.ids.tolist() == [[9, 1, 9, 9]]
    assert found.unknown == [(1, 2, 3), (255, 255, 255)]
    assert found.counts == [2, 1]


def test_colors_within_the_tolerance_are_snapped():
    near, far = (104, 4, 0), (105, 0, 0)
    found = match([[near, near, far, (0, 96, 4)]], tolerance=4)
    assert found.ids.tolist() == [[1, 1, 9, 2]]
    assert found.snapped == 3
    assert (found.unknown, found.counts) == ([far], [1])


def test_colors_near_black_are_void():
    found = match([[(3, 3, 3), (100, 0, 0)]], tolerance=3)
    assert found.ids.tolist() == [[9, 1]] and found.snapped == 1
    assert found.black == 1


def test_a_class_of_several_colors():
    colors = [[(100, 0, 0), (101, 0, 0)], (0, 100, 0)]
    table = ClassTable(["a", "b"], [3, 4], colors)
    found = match([[(101, 0, 0), (0, 100, 0), (103, 0, 0)]], table, tolerance=2)
    assert found.ids.tolist() == [[3, 4, 3]]


def test_ids_beyond_255_are_of_16_bits():
    table = ClassTable(["a", "b"], [300, 65535], [(1, 1, 1), (9, 9, 9)])
    found = match([[(1, 1, 1), (9, 9, 9)]], table)
    assert found.ids.tolist() == [[300, 65535]]
    assert found.ids.dtype == "uint16"


def test_ids_beyond_16_bits():
    table = ClassTable(["a", "b"], [1, 65536], [(1, 1, 1), (9, 9, 9)])
    with pytest.raises(ValueError, match="at most 16 bits. Received: id 65536"):
        ColorMatcher(table)


@pytest.mark.parametrize("tolerance", [-1, 1.5, True, "3"])
def test_odd_tolerances(tolerance):
    with pytest.raises(ValueError, match="`tolerance` must be an int >= 0"):
        ColorMatcher(TABLE, tolerance)


@pytest.mark.parametrize("far, largest", [(9, 4), (8, 3), (1, 0)])
def test_a_tolerance_that_could_reach_two_classes(far, largest):
    table = ClassTable(["a", "b"], [0, 1], [(0, 0, 0), (far, 1, 0)])
    assert ColorMatcher(table, largest).largest_tolerance == largest
    words = f"{largest} at most here. Received: tolerance={largest + 1}"
    with pytest.raises(ValueError, match=words):
        ColorMatcher(table, largest + 1)


def test_the_color_of_void_counts_as_that_of_a_class():
    # 100 levels from black, which is void
    assert ColorMatcher(TABLE).largest_tolerance == 49


def test_two_colors_of_one_class_may_be_near():
    ColorMatcher(ClassTable(["a"], [0], [[(0, 0, 0), (1, 1, 1)]]), 200)


def test_the_nearest_class():
    found = ColorMatcher(TABLE).nearest([(90, 20, 0), (0, 1, 2)])
    assert found == [("road", (100, 0, 0), 20), ("void", (0, 0, 0), 2)]
    assert ColorMatcher(TABLE).nearest([]) == []


def test_noise_against_every_distance(rng):
    rgb = rng.integers(0, 256, (40, 50, 3))
    colors = np.array([*TABLE.colors, (0, 0, 0)])
    far = np.abs(rgb[:, :, None] - colors).max(axis=-1)
    expected = np.array([1, 2, 7, 9])[far.argmin(axis=-1)]
    expected = np.where(far.min(axis=-1) <= 49, expected, 9)
    found = match(rgb, tolerance=49)
    assert found.ids.tolist() == expected.tolist()
    assert sum(found.counts) == (far.min(axis=-1) > 49).sum()
