import keras
import numpy as np
import pytest

from keras_pix2pixhd.losses import FeatureMatchingLoss
from tests.gradients import gradients
from tests.layer_checks import dtype_of


def maps(*values):
    """One scale: a constant map for each value, scores of 99 at the end."""
    return [np.full((1, 2, 3, 4), value, "float32") for value in (*values, 99)]


def loss(fake, real):
    return float(FeatureMatchingLoss()(fake, real))


def test_four_maps_of_one_scale():
    # (1 + 2 + 3 + 4) * 4 / 4
    found = loss([maps(1, 2, 3, 4)], [maps(0, 0, 0, 0)])
    assert found == pytest.approx(10)


def test_more_maps_count_less_each():
    # (1 + 1 + 2) * 4 / 3
    found = loss([maps(1, 1, 2)], [maps(0, 2, 0)])
    assert found == pytest.approx(16 / 3)


def test_scales_are_averaged():
    # (1 * 4 / 1 + 3 * 4 / 1) / 2
    found = loss([maps(1), maps(3)], [maps(0), maps(0)])
    assert found == pytest.approx(8)


def test_matlabs_weight_of_five_per_map():
    # weight 10, four maps, two scales: 5 for each map
    fake = [maps(1, 0, 0, 0), maps(0, 0, 0, 0)]
    real = [maps(0, 0, 0, 0), maps(0, 0, 0, 0)]
    assert 10 * loss(fake, real) == pytest.approx(5)


def test_distance_is_absolute_and_a_mean():
    # |3 - 1| and |0 - 4|, mean 3, times 4
    fake = [[np.array([[[[3.0], [0.0]]]], "float32"), None]]
    real = [[np.array([[[[1.0], [4.0]]]], "float32"), None]]
    assert loss(fake, real) == pytest.approx(12)


def test_scores_are_not_compared():
    fake, real = maps(5), maps(5)
    fake[-1] = fake[-1] - 1000
    assert loss([fake], [real]) == 0


def test_half_precision_maps_give_float32():
    # the difference is beyond float16
    fake, real = (
        [[keras.ops.cast(x, "float16") for x in maps(value)]]
        for value in (60000, -60000)
    )
    found = FeatureMatchingLoss()(fake, real)
    assert dtype_of(found) == "float32"
    assert float(found) == pytest.approx(4 * 120000, rel=1e-3)


def test_only_the_fake_side_gets_a_gradient():
    def function(fake, real):
        return FeatureMatchingLoss()([[fake, None]], [[real, None]])

    fake, real = gradients(function, maps(3)[0], maps(1)[0])
    # a mean over 24 numbers, times 4
    assert fake == pytest.approx(np.full((1, 2, 3, 4), 4 / 24))
    assert not real.any()


@pytest.mark.parametrize(
    "fake, real",
    [([maps(1)], [maps(1), maps(1)]), ([maps(1)], [maps(1, 1)])],
)
def test_lists_of_different_length_are_refused(fake, real):
    with pytest.raises(ValueError, match="shorter|longer"):
        loss(fake, real)
