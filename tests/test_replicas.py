import numpy as np

from keras_pix2pixhd.replicas import (
    gathered,
    number_of_replicas,
    own_part,
    sharing_devices,
)


def test_without_a_strategy_there_is_one_which_has_everything():
    samples = {"image": np.ones((2, 3), "float32")}
    assert number_of_replicas() == 1
    assert sharing_devices() == 1
    assert gathered(samples) is samples
    assert own_part(samples) is samples
