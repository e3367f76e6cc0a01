import math

import pytest

from keras_pix2pixhd.charts.bar import bar


@pytest.mark.parametrize(
    "value, largest, width",
    [(0.5, 2, "25%"), (3, 2, "100%"), (1, 3, "33.33%")],
)
def test_a_bar_is_as_wide_as_its_share(value, largest, width):
    assert bar(value, largest).count(f'width="{width}"') >= 1


@pytest.mark.parametrize("value", [None, math.nan, 0, -1])
def test_a_bar_without_a_value_is_empty(value):
    assert bar(value, 2).count("<rect") == 1


def test_nothing_fills_a_bar_of_which_the_largest_is_zero():
    assert bar(0, 0).count("<rect") == 1
