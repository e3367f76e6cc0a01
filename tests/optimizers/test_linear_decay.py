import keras
import pytest

from keras_pix2pixhd.optimizers import LinearDecay


def test_the_rate_holds_and_then_falls_to_zero():
    schedule = LinearDecay(2e-4, hold_steps=100, decay_steps=100)
    rates = [float(schedule(step)) for step in (0, 99, 100, 150, 200, 500)]
    assert rates == pytest.approx([2e-4, 2e-4, 2e-4, 1e-4, 0.0, 0.0])


def test_it_comes_back_from_its_configuration():
    schedule = LinearDecay(0.5, hold_steps=3, decay_steps=7)
    config = keras.saving.serialize_keras_object(schedule)
    again = keras.saving.deserialize_keras_object(config)
    assert again.get_config() == schedule.get_config()


@pytest.mark.parametrize("steps", [(-1, 1), (0, 0)])
def test_too_few_steps_are_refused(steps):
    with pytest.raises(ValueError, match="hold_steps must be at least 0 and"):
        LinearDecay(1.0, *steps)
