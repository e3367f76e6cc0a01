import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.data.masks.class_template import (
    class_template,
    is_template,
)

COLORS = [(0, 100, 0), (255, 1, 16)]
NAMES = ["color_006400", "color_ff0110"]


def test_names_and_ids():
    assert class_template(COLORS) == ClassTable(NAMES, [0, 1], COLORS)


def test_a_template_is_known_again():
    assert is_template(class_template(COLORS))


@pytest.mark.parametrize(
    "names, ids, void_ids",
    [
        (["car", NAMES[1]], [0, 1], []),
        (NAMES[::-1], [0, 1], []),
        (NAMES, [0, 7], []),
        (NAMES, [0, 1], [255]),
    ],
)
def test_an_edited_table_is_none(names, ids, void_ids):
    assert not is_template(ClassTable(names, ids, COLORS, void_ids))
