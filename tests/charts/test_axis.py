import pytest

from keras_pix2pixhd.charts.axis import (
    Axis,
    around,
    linear_ticks,
    round_step,
    tick_texts,
)


def test_values_are_placed_in_proportion():
    axis = Axis(2, 6, start=168, end=10, ticks=[])
    assert axis.place(2) == 168
    assert axis.place(3) == 128.5
    assert axis.place(6) == 10


def test_a_logarithmic_axis_has_equal_ratios_equally_far_apart():
    axis = Axis(1, 100, start=0, end=50, ticks=[], log=True)
    assert axis.place(10) == pytest.approx(25)


@pytest.mark.parametrize(
    "least, step",
    [(0.3, 0.5), (0.5, 0.5), (0.51, 1), (1.7, 2), (6, 10), (1e9, 1e9)],
)
def test_steps_are_round(least, step):
    assert round_step(least) == pytest.approx(step)


def test_ticks_lie_inside():
    assert linear_ticks(0.3, 2.1, 4) == [0.5, 1.0, 1.5, 2.0]
    assert linear_ticks(-3, 3, 3) == [-2, 0, 2]


def test_ticks_enclose_where_asked():
    assert linear_ticks(-3, 3, 3, outward=True) == [-4, -2, 0, 2, 4]
    assert linear_ticks(0, 10, 3, outward=True) == [0, 5, 10]


def test_ticks_at_the_ends_are_kept_in_spite_of_rounding():
    assert linear_ticks(0.1, 0.3, 2) == [0.1, 0.2, 0.3]
    assert linear_ticks(0.1, 0.3, 2, outward=True) == [0.1, 0.2, 0.3]


def test_ticks_of_counts_are_whole():
    assert linear_ticks(0, 1, 4, whole=True) == [0, 1]


@pytest.mark.parametrize(
    "ticks, texts",
    [
        ([0, 5, 10], ["0", "5", "10"]),
        ([0.0, 0.5, 1.0], ["0.0", "0.5", "1.0"]),
        ([0.05, 0.10], ["0.05", "0.10"]),
        ([-2000, 0], ["−2,000", "0"]),
        ([2e12, 2.5e12], ["2.0×10¹²", "2.5×10¹²"]),
        ([2e-6, 4e-6], ["2×10⁻⁶", "4×10⁻⁶"]),
    ],
)
def test_texts_tell_ticks_apart(ticks, texts):
    assert tick_texts(ticks) == texts


@pytest.mark.parametrize(
    "values, ends",
    [([], (0, 1)), ([0], (-0.5, 0.5)), ([7, 7], (6.3, 7.7)), ([1, 3], (1, 3))],
)
def test_equal_values_get_room(values, ends):
    assert around(values) == pytest.approx(ends)


def test_what_no_axis_can_tell_from_zero_is_zero():
    low, high = around([1e-320, 5e-324])
    assert (low, high) == (-0.5, 0.5)
    assert linear_ticks(low, high, 2) == [-0.5, 0.0, 0.5]
