import xml.etree.ElementTree as ET

import pytest

from keras_pix2pixhd.charts.axis import Axis
from keras_pix2pixhd.charts.mark import mark

ACROSS = Axis(0, 10, start=100, end=300, ticks=[])
UP = Axis(0, 10, start=200, end=50, ticks=[])


def text(point, words):
    found = ET.fromstring(mark(point, words, ACROSS, UP, 0)).find("text")
    x, y, anchor = map(found.get, ("x", "y", "text-anchor"))
    return float(x), float(y), anchor


# x from 100 to 300, y from 200 up to 50; a radius of 5, letters of 12 by 7
@pytest.mark.parametrize("value, base", [(6, 110 - 9), (4, 140 + 17)])
def test_the_text_is_above_in_the_upper_half_else_below(value, base):
    assert text((5, value), "1.5") == (200, base, "middle")


@pytest.mark.parametrize("value, base", [(10, 54), (0, 204)])
def test_it_is_beside_the_ring_where_it_would_leave_the_plot(value, base):
    assert text((9, value), "1.5") == (280 - 9, base, "end")
    assert text((1, value), "1.5") == (120 + 9, base, "start")


@pytest.mark.parametrize("x, middle", [(0, 121), (10, 279)])
def test_at_the_sides_it_does_not_stick_out(x, middle):
    # six letters: 21 to each side
    assert text((x, 6), "123456") == (middle, 101, "middle")


def test_there_may_be_no_text():
    tree = ET.fromstring(mark((5, 5), "", ACROSS, UP, 0))
    assert tree.find("text") is None
    assert tree.find("circle").get("cx") == "200"
