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
