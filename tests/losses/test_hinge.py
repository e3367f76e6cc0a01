import keras
import numpy as np
import pytest

from keras_pix2pixhd.losses import HingeLoss
from tests.gradients import gradients
from tests.layer_checks import dtype_of


def scores(*rows):
    """Patch scores of several scales, from one row of numbers for each."""
    return [np.array(r, "float32").reshape(1, 1, -1, 1) for r in rows]


def test_real_scores_above_one_cost_nothing():
    # (0 + 0 + 0.5 + 3) / 4
    found = HingeLoss().real(scores([5, 1, 0.5, -2]))
    assert float(found) == pytest.approx(3.5 / 4)


def test_fake_scores_below_minus_one_cost_nothing():
    # (0 + 0 + 0.5 + 3) / 4
    found = HingeLoss().fake(scores([-5, -1, -0.5, 2]))
    assert float(found) == pytest.approx(3.5 / 4)


def test_generator_pays_without_a_bound():
    # -(-1 + 5) / 2
    assert float(HingeLoss().generator(scores([-1, 5]))) == pytest.approx(-2)


def test_scales_are_averaged_each_then_summed():
    # 1 + (0 + 2) / 2
    assert float(HingeLoss().real(scores([0], [3, -1]))) == pytest.approx(2)


def test_what_is_known_for_sure_has_no_gradient():
    (found,) = gradients(lambda x: HingeLoss().real([x]), scores([3, 0])[0])
    assert found.ravel().tolist() == [0, -0.5]


def test_half_precision_scores_give_float32():
    half = [keras.ops.cast(score, "float16") for score in scores([-60000.0])]
    found = HingeLoss().real(half)
    assert dtype_of(found) == "float32"
    assert float(found) == pytest.approx(60001, rel=1e-3)


def test_config_round_trip():
    config = keras.saving.serialize_keras_object(HingeLoss())
    loss = keras.saving.deserialize_keras_object(config)
    assert type(loss) is HingeLoss
