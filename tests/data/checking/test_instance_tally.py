import numpy as np

from keras_pix2pixhd.data.checking.instance_facts import InstanceFacts
from keras_pix2pixhd.data.checking.instance_tally import InstanceTally


def facts(numbers, pixels, crossing=0):
    return InstanceFacts(np.array(numbers), np.array(pixels), crossing)


def test_nothing():
    assert InstanceTally().summary() is None


def test_the_numbers_of_three_maps():
    tally = InstanceTally()
    tally.add("a", facts([3, 9], [10, 20]))
    tally.add("b", facts([1], [30], crossing=1))
    tally.add("c", facts([2, 4, 5], [1, 1, 2]))
    assert tally.summary() == {
        "instances": 6,
        "ids": [1, 9],
        "per_image": {"min": 1, "median": 2, "max": 3},
        # of 1 1 2 10 20 30 the lower of the two in the middle
        "pixels": {"min": 1, "median": 2, "max": 30},
        "crossing_classes": 1,
        "crossing_pairs": ["b"],
    }
