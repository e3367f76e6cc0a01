"""Ends that a training is past."""

import pytest

from keras_pix2pixhd.checkpoints import Position
from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.end import check_end


def check(position, **settings):
    check_end(RunConfig().replace(settings), Position(*position))


@pytest.mark.parametrize(
    "position, settings, words",
    [
        ((3, 0, 60), {"epochs": 2}, "epochs=2 for a run after 60 steps: 3 ep"),
        ((3, 0, 60), {"epochs": 2}, "60 steps: 3 epochs. Set more epochs."),
        (
            (2, 5, 45),
            {"epochs": 2},
            "45 steps: 2 epochs and 5 steps of the next. Set more epochs.",
        ),
        ((1, 0, 20), {"steps": 19}, "steps=19 for a run after 20 steps"),
        ((1, 5, 25), {"steps": 25}, "steps=25 for a run after 25 steps"),
    ],
)
def test_an_end_that_is_past_is_refused(position, settings, words):
    with pytest.raises(ValueError, match="must end after.*Received") as error:
        check(position, **settings)
    assert words in str(error.value)


@pytest.mark.parametrize(
    "position, settings",
    [
        ((2, 0, 40), {"epochs": 2}),
        ((1, 19, 39), {"epochs": 2}),
        ((1, 0, 20), {"steps": 20}),
        ((1, 5, 25), {"steps": 26, "epochs": 1}),
    ],
)
def test_an_end_to_come_or_just_reached_is_none_of_these(position, settings):
    check(position, **settings)
