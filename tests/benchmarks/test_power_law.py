import pytest

from benchmarks.harness.power_law import fitted


def test_a_power_law_is_found():
    law = fitted([1, 2, 4, 8], [5, 20, 80, 320])
    assert (law.factor, law.exponent) == pytest.approx((5, 2))
    assert law(3) == pytest.approx(45)


def test_what_does_not_grow_has_the_exponent_zero():
    assert fitted([1, 10], [7, 7]).exponent == pytest.approx(0)


def test_points_off_the_line_are_met_in_the_middle():
    # logarithms to the base 2: 0, 0, 3 at 0, 1, 2; slope 3/2
    assert fitted([1, 2, 4], [1, 1, 8]).exponent == pytest.approx(1.5)
