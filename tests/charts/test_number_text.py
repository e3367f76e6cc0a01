import math

import numpy as np
import pytest

from keras_pix2pixhd.charts.number_text import (
    is_finite,
    number,
    share,
)


@pytest.mark.parametrize(
    "value, text",
    [
        (0.73216, "0.7322"),
        (12.3456, "12.35"),
        (9.99996, "10.00"),
        (123456.7, "123,457"),
        (0.0, "0"),
        (-0.5, "−0.5000"),
        (0.00012345, "0.0001234"),
        (0.000012345, "1.234×10⁻⁵"),
        (2.5e12, "2.500×10¹²"),
        (1234, "1,234"),
        (-7, "−7"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "–"),
        (None, "–"),
        ("", "–"),
        (np.float32(0.5), "0.5000"),
    ],
)
def test_numbers_have_four_significant_digits(value, text):
    assert number(value) == text


def test_digits_can_be_chosen():
    assert number(0.73216, 2) == "0.73"


def test_shares_are_percent():
    assert share(0.375) == "38\xa0%"
    assert share(None) == "–"


def test_numbers_that_no_chart_can_show_are_not_finite():
    assert is_finite(1e30)
    assert not is_finite(1e300)
    assert not is_finite(None)
