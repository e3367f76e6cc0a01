import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    FeatureReference,
    memorisation,
)


def test_numbers_by_hand():
    training = [[0.0, 0.0], [10.0, 0.0]]
    generated = [[0.0, 1.0], [10.0, 2.0], [0.0, 9.0], [3.0, 0.0]]
    held_out = [[0.0, 2.0], [10.0, 3.0], [0.0, 4.0], [7.0, 0.0]]
    found = memorisation(generated, held_out, training, "toy_8")
    assert found == {
        "nearest_training_toy_8_n4_t2": {
            "generated_mean": (1 + 2 + 9 + 3) / 4,
            "real_mean": (2 + 3 + 4 + 3) / 4,
            "closer_than_real": 0.5,
        }
    }


def test_copies_of_training_images_are_closer(rng):
    training = rng.normal(size=(9, 4))
    found = memorisation(training[:5], training[:5] + 0.1, training, "toy_8")
    (found,) = found.values()
    assert found["generated_mean"] == 0
    assert found["closer_than_real"] == 1


def test_reference_of_another_network_is_refused():
    training = FeatureReference([[1.0]], "other_8", 64 * "0")
    with pytest.raises(ValueError, match="toy_8. Received: a reference of oth"):
        memorisation([[1.0]], [[1.0]], training, "toy_8")


@pytest.mark.parametrize("counts", [(2, 3), (0, 0)])
def test_images_without_a_partner_are_refused(counts):
    generated, held_out = (np.zeros((n, 2)) for n in counts)
    words = f"Received: {counts[0]} generated and {counts[1]} real"
    with pytest.raises(ValueError, match=words):
        memorisation(generated, held_out, np.zeros((4, 2)), "toy_8")
