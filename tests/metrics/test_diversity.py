import pickle

import numpy as np
import pytest

from keras_pix2pixhd.metrics import PairwiseDiversity, l1


def flat(*levels):
    images = np.array(levels, "uint8")[:, None, None, None]
    return np.broadcast_to(images, (len(levels), 4, 5, 3))


def test_the_mean_over_pairs_then_over_label_maps():
    diversity = PairwiseDiversity(l1, "l1")
    # 10, 30 and 20 apart: 20; then 0, 90 and 90: 60
    assert diversity.update_state(flat(0, 10, 30)) == 20.0
    assert diversity.update_state(flat(100, 100, 190)) == 60.0
    assert diversity.values.tolist() == [20.0, 60.0]
    assert diversity.result() == {"diversity_l1_s3": 40.0}


def test_a_model_that_ignores_the_style_has_none():
    diversity = PairwiseDiversity(l1, "l1")
    diversity.update_state(flat(7, 7))
    assert diversity.result() == {"diversity_l1_s2": 0.0}


def test_workers_are_merged():
    one, other, idle = (PairwiseDiversity(l1, "l1") for _ in range(3))
    one.update_state(flat(0, 10))
    other.update_state(flat(0, 20))
    other.update_state(flat(0, 60))
    idle.merge_state([one, pickle.loads(pickle.dumps(other))])
    assert idle.result() == {"diversity_l1_s2": 30.0}
    assert idle.values.tolist() == [10.0, 20.0, 60.0]


class Calibrated:
    """Stands for a metric whose numbers depend on what it was made with."""

    def __init__(self, arguments):
        self.arguments = arguments

    def distances(self, generated, real):
        return l1(generated, real)


def test_distances_of_two_calibrations_are_not_merged():
    one, same, other = (
        PairwiseDiversity(Calibrated(("vgg", means)).distances, "vgg")
        for means in (1.0, 1.0, 2.0)
    )
    for diversity, level in ((one, 10), (same, 20), (other, 90)):
        diversity.update_state(flat(0, level))
    one.merge_state([pickle.loads(pickle.dumps(same))])
    with pytest.raises(ValueError, match="the same arguments. Received: Pair"):
        one.merge_state([other])
    assert one.result() == {"diversity_vgg_s2": 15.0}


def test_a_refused_merge_leaves_no_trace():
    idle, two, three = (PairwiseDiversity(l1, "l1") for _ in range(3))
    two.update_state(flat(0, 10))
    three.update_state(flat(0, 10, 20))
    with pytest.raises(ValueError, match="Received: 3 after 2"):
        idle.merge_state([two, three])
    idle.update_state(flat(0, 60, 90))
    assert idle.result() == {"diversity_l1_s3": 60.0}


def test_what_was_pickled_takes_no_more_images():
    diversity = PairwiseDiversity(l1, "l1")
    diversity.update_state(flat(0, 10))
    left = pickle.loads(pickle.dumps(diversity))
    with pytest.raises(ValueError, match="pickled or copied.* more images"):
        left.update_state(flat(0, 10))
    assert left.result() == {"diversity_l1_s2": 10.0}


def test_reset_state_forgets_the_number_of_styles_too():
    diversity = PairwiseDiversity(l1, "l1")
    diversity.update_state(flat(0, 10))
    diversity.reset_state()
    diversity.update_state(flat(0, 10, 20))
    assert diversity.result() == {"diversity_l1_s3": pytest.approx(40 / 3)}


def test_refused():
    diversity = PairwiseDiversity(l1, "l1")
    with pytest.raises(ValueError, match="at least one label map. Rec.*none"):
        diversity.result()
    with pytest.raises(ValueError, match="at least two styles.*Received: 1"):
        diversity.update_state(flat(3))
    diversity.update_state(flat(3, 4))
    with pytest.raises(ValueError, match="as many styles.* Received: 3 after"):
        diversity.update_state(flat(3, 4, 5))
    other = PairwiseDiversity(l1, "l1")
    other.update_state(flat(3, 4, 5))
    with pytest.raises(ValueError, match="as many styles.* Received: 3 after"):
        diversity.merge_state([other])
    with pytest.raises(ValueError, match=r"Received: Pair.*\(l1\) and .*\(x\)"):
        diversity.merge_state([PairwiseDiversity(l1, "x")])
    assert diversity.result() == {"diversity_l1_s2": 1.0}
