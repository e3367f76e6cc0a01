"""What an optimizer gets for its learning rate."""

import math

import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.building.learning_rates import (
    check_schedule,
    learning_rate,
)

COSINE = '{"class_name": "CosineDecay", "config": {"decay_steps": 10}}'


def rate_of(settings, rate=0.5):
    return learning_rate(RunConfig().replace(settings), rate, 5)


def test_a_rate_alone_stays():
    assert rate_of({}) == 0.5


def test_a_schedule_begins_with_the_rate_of_the_network():
    schedule = rate_of({"schedule": COSINE})
    assert float(schedule(0)) == 0.5
    expected = 0.25 * (1 + math.cos(math.pi * 0.4))
    assert float(schedule(4)) == pytest.approx(expected)


def test_a_rate_in_the_schedule_wins():
    text = COSINE.replace("10", '10, "initial_learning_rate": 0.25')
    assert float(rate_of({"schedule": text})(0)) == 0.25


def test_schedules_without_a_rate_of_their_own_and_ours_are_known():
    steps = (
        '{"class_name": "PiecewiseConstantDecay", '
        '"config": {"boundaries": [2], "values": [1.0, 0.125]}}'
    )
    assert float(rate_of({"schedule": steps})(3)) == 0.125
    ours = (
        '{"class_name": "LinearDecay", '
        '"config": {"hold_steps": 0, "decay_steps": 4}}'
    )
    assert float(rate_of({"schedule": ours})(1)) == 0.375


@pytest.mark.parametrize("settings", [{"schedule": COSINE}, {"steps": 10}])
def test_steps_are_counted_where_updates_are_fewer(settings):
    settings |= {"decay_epochs": 0 if "schedule" in settings else 2}
    schedule = rate_of(settings)
    gathered = rate_of({**settings, "accumulation_steps": 2})
    assert float(gathered(2)) == float(schedule(4)) < 0.5


@pytest.mark.parametrize("text", ["cosine", "3", "{}", '{"class_name": "A"}'])
def test_what_is_no_schedule_is_refused(text):
    words = "schedule must be a Keras schedule as JSON.*Received: "
    with pytest.raises(ValueError, match=words):
        rate_of({"schedule": text})


def test_an_unknown_schedule_is_named():
    text = '{"class_name": "Cosine", "config": {}}'
    words = "must be one of CosineDecay,.*LinearDecay. Received: .*'Cosine'"
    with pytest.raises(ValueError, match=words):
        rate_of({"schedule": text})


@pytest.mark.parametrize(
    "config", ["{}", '{"decay": 3}', '{"decay_steps": "many"}', "{1: 2}", "[1]"]
)
def test_arguments_that_do_not_fit_are_refused(config):
    text = f'{{"class_name": "CosineDecay", "config": {config}}}'
    with pytest.raises(ValueError, match="schedule must.*Received: "):
        rate_of({"schedule": text})


@pytest.mark.parametrize(
    "name, config, found",
    [
        ("CosineDecay", '"initial_learning_rate": NaN', "nan for step 0"),
        ("CosineDecay", '"initial_learning_rate": -1', "-1.0 for step 0"),
        ("CosineDecay", '"initial_learning_rate": [1, 2]', "[1.0, 2.0] for st"),
        ("InverseTimeDecay", '"decay_rate": -1', "inf for step 10."),
        ("ExponentialDecay", '"decay_rate": 1e9', "inf for step 1000."),
    ],
)
def test_rates_that_are_none_are_refused(name, config, found):
    config = f'{{"decay_steps": 10, {config}}}'
    text = f'{{"class_name": "{name}", "config": {config}}}'
    with pytest.raises(ValueError) as error:
        check_schedule(RunConfig().replace({"schedule": text}))
    words = "schedule must give one finite rate of at least 0 for each step."
    assert words in str(error.value)
    assert f"Received: {text}, which gives {found}" in str(error.value)
    assert str(error.value).endswith("Set other numbers in its config.")


def test_a_schedule_is_checked_without_any_data():
    check_schedule(RunConfig())
    check_schedule(RunConfig().replace({"schedule": COSINE}))
    text = COSINE.replace("decay_steps", "steps")
    with pytest.raises(ValueError, match="schedule must have what CosineDec"):
        check_schedule(RunConfig().replace({"schedule": text}))
