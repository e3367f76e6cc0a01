import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.segments import segments

# epochs done, batches done in the epoch begun, batches in all
BEGIN = (0, 0, 0)


class Place(tuple):
    """Stands in for a `Position`."""

    epoch = property(lambda self: self[0])
    step_in_epoch = property(lambda self: self[1])
    step = property(lambda self: self[2])


def planned(position=BEGIN, steps_per_epoch=10, **settings):
    config = RunConfig().replace(settings)
    found = segments(config, steps_per_epoch, Place(position))
    return [tuple(segment) for segment in found]


def test_whole_epochs_are_one_call():
    assert planned(epochs=3) == [(0, 3, 10, 0, 1)]


def test_a_training_goes_on_between_two_epochs():
    assert planned((2, 0, 20), epochs=5) == [(2, 5, 10, 20, 1)]


def test_the_rest_of_an_epoch_is_a_call_of_its_own():
    assert planned((2, 4, 24), epochs=5) == [
        (2, 3, 6, 24, 1),
        (3, 5, 10, 30, 1),
    ]
    assert planned((4, 9, 49), epochs=5) == [(4, 5, 1, 49, 1)]


def test_steps_cut_the_last_epoch_short():
    assert planned(steps=25, epochs=99) == [(0, 2, 10, 0, 1), (2, 3, 5, 20, 1)]
    assert planned((2, 3, 23), steps=25) == [(2, 3, 2, 23, 1)]
    assert planned(steps=7) == [(0, 1, 7, 0, 1)]
    assert planned(steps=20) == [(0, 2, 10, 0, 1)]


def test_nothing_is_left_of_a_training_that_has_ended():
    assert planned((3, 0, 30), epochs=3) == []
    assert planned((3, 0, 25), steps=25) == []
    assert planned((3, 0, 30), epochs=2) == []


def test_more_epochs_follow_one_that_was_cut_short():
    """Two epochs of 10 and one of 5; the fourth and fifth are whole."""
    assert planned((3, 0, 25), epochs=5) == [(3, 5, 10, 25, 1)]
    assert planned((3, 0, 25), steps=40) == [
        (3, 4, 10, 25, 1),
        (4, 5, 5, 35, 1),
    ]


def test_steps_are_executed_together_where_that_divides_them():
    assert planned((0, 4, 4), epochs=2, steps_per_execution=5) == [
        (0, 1, 6, 4, 1),
        (1, 2, 10, 10, 5),
    ]
    assert planned((0, 4, 4), epochs=1, steps_per_execution=2) == [
        (0, 1, 6, 4, 2)
    ]


def test_steps_that_do_not_divide_an_epoch_are_refused():
    with pytest.raises(ValueError) as error:
        planned(epochs=1, steps_per_execution=4, steps_per_epoch=10)
    assert (
        "steps_per_execution must divide the steps of an epoch. Received: "
        "steps_per_execution=4 for 10 steps. Set steps_per_epoch to a "
        "multiple of it (8)" in str(error.value)
    )
