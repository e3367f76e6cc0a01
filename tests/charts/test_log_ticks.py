import pytest

from keras_pix2pixhd.charts.log_ticks import log_ticks


@pytest.mark.parametrize(
    "low, high, ticks",
    [
        (0.27, 6.4, [0.2, 0.5, 1, 2, 5, 10]),
        (3.1, 3.9, [2, 5]),
        (0.29, 148, [0.1, 0.3, 1, 3, 10, 30, 100, 300]),
        (0.5, 2e5, [0.1, 1, 10, 100, 1000, 1e4, 1e5, 1e6]),
        (2e-7, 3e6, [1e-8, 1e-6, 1e-4, 0.01, 1, 100, 1e4, 1e6, 1e8]),
    ],
)
def test_round_values_enclose_the_others(low, high, ticks):
    assert log_ticks(low, high, most=8) == ticks


def test_a_value_on_a_tick_has_one_below_and_one_above():
    assert log_ticks(1, 10, most=8) == [0.5, 1, 2, 5, 10, 20]


def test_a_value_just_above_a_tick_keeps_room_below():
    # 3 % of log10(8 / 1.02), 0.0268, are more than log10(1.02), 0.0086
    assert log_ticks(1.02, 8, most=8)[0] == 0.5


@pytest.mark.parametrize("most", [2, 5, 8])
@pytest.mark.parametrize("ends", [(1e-250, 1e150), (1e-6, 1), (7, 7.1)])
def test_there_are_no_more_than_fit_and_at_least_two(ends, most):
    ticks = log_ticks(*ends, most)
    assert 2 <= len(ticks) <= most + 1
    assert ticks[0] < ends[0] and ends[1] < ticks[-1]
