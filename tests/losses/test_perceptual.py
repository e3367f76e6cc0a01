import keras
import numpy as np
import pytest

from keras_pix2pixhd.losses import PerceptualLoss
from tests.gradients import gradients
from tests.layer_checks import dtype_of


def taps(*values):
    """A constant feature map for each value, each smaller than the last."""
    return [
        np.full((1, 8 - i, 8 - i, i + 1), value, "float32")
        for i, value in enumerate(values)
    ]


def loss(fake, real):
    return float(PerceptualLoss()(fake, real))


@pytest.mark.parametrize("tap", range(5))
def test_weight_of_each_tap(tap):
    fake, real = [0] * 5, [0] * 5
    fake[tap], real[tap] = 3, 5
    expected = 2 * [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1][tap]
    assert loss(taps(*fake), taps(*real)) == pytest.approx(expected)


def test_taps_are_summed():
    # 1/32 + 2/16 + 3/8 + 4/4 + 5
    found = loss(taps(1, 2, 3, 4, 5), taps(0, 0, 0, 0, 0))
    assert found == pytest.approx(1 / 32 + 1 / 8 + 3 / 8 + 6)


def test_distance_is_absolute_and_a_mean():
    # |3 - 1| and |0 - 4|, mean 3; one tap alone has the whole sum of weights
    fake = [np.array([[[[3.0], [0.0]]]], "float32")]
    real = [np.array([[[[1.0], [4.0]]]], "float32")]
    assert loss(fake, real) == pytest.approx(3 * 1.46875)


def test_remaining_taps_share_the_weight_of_the_missing_ones():
    # 1/32, 1/16, 1/8 are as 1 : 2 : 4; all five weights sum to 1.46875
    for tap, share in enumerate((1 / 7, 2 / 7, 4 / 7)):
        values = [0, 0, 0]
        values[tap] = 7
        found = loss(taps(*values), taps(0, 0, 0))
        assert found == pytest.approx(7 * share * 1.46875)


def test_equal_distance_costs_the_same_whatever_is_missing():
    for count in range(1, 6):
        found = loss(taps(*[2] * count), taps(*[0] * count))
        assert found == pytest.approx(2 * 1.46875)


def test_half_precision_taps_give_float32():
    fake, real = (
        [keras.ops.cast(x, "float16") for x in taps(value)]
        for value in (60000, -60000)
    )
    found = PerceptualLoss()(fake, real)
    assert dtype_of(found) == "float32"
    assert float(found) == pytest.approx(120000 * 1.46875, rel=1e-3)


def test_only_the_fake_side_gets_a_gradient():
    def function(fake, real):
        return PerceptualLoss()([fake], [real])

    fake, real = gradients(function, taps(3)[0], taps(1)[0])
    # a mean over 8 * 8 numbers
    assert fake == pytest.approx(np.full((1, 8, 8, 1), 1.46875 / 64))
    assert not real.any()


@pytest.mark.parametrize(
    "fake, real", [(taps(1, 2), taps(1)), (taps(1), taps(1, 2))]
)
def test_lists_of_different_length_are_refused(fake, real):
    with pytest.raises(ValueError, match="shorter|longer"):
        loss(fake, real)


def test_more_than_five_taps_are_refused():
    with pytest.raises(ValueError, match="longer"):
        loss(taps(*[1] * 6), taps(*[1] * 6))
