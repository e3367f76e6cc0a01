import keras
import pytest

from keras_pix2pixhd.optimizers.held_back import HeldBack
from keras_pix2pixhd.optimizers.linear_decay import LinearDecay


def rates(schedule, steps):
    return [float(schedule(step)) for step in steps]


def test_a_rate_is_zero_at_first():
    assert rates(HeldBack(0.5, 3), range(5)) == [0, 0, 0, 0.5, 0.5]


def test_a_schedule_is_not_shifted():
    schedule = LinearDecay(1.0, hold_steps=2, decay_steps=4)
    expected = [0, 0, 0, 0.75, 0.5, 0.25, 0]
    assert rates(HeldBack(schedule, 3), range(7)) == expected


@pytest.mark.parametrize("rate", [0.5, LinearDecay(1.0, 2, 4)])
def test_it_comes_back_from_its_configuration(rate):
    schedule = HeldBack(rate, 3)
    config = keras.saving.serialize_keras_object(schedule)
    again = keras.saving.deserialize_keras_object(config)
    assert again.get_config() == schedule.get_config()
    assert rates(again, range(7)) == rates(schedule, range(7))


def test_no_steps_are_refused():
    with pytest.raises(ValueError, match="steps must be at least 1.*steps=0"):
        HeldBack(0.5, 0)
