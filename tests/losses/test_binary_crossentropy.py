import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.losses import BinaryCrossentropyLoss
from tests.golden import loading
from tests.gradients import gradients
from tests.layer_checks import dtype_of

LOG2, LOG3, LOG4 = np.log(2), np.log(3), np.log(4)


def scores(*rows):
    """Patch scores of several scales, from one row of numbers for each."""
    return [np.array(r, "float32").reshape(1, 1, -1, 1) for r in rows]


def test_logits():
    # odds of log 3 are a probability of 3/4
    found = BinaryCrossentropyLoss().real(scores([0, LOG3]))
    assert float(found) == pytest.approx((LOG2 + LOG4 - LOG3) / 2)
    found = BinaryCrossentropyLoss().fake(scores([0, LOG3]))
    assert float(found) == pytest.approx((LOG2 + LOG4) / 2)


def test_probabilities():
    loss = BinaryCrossentropyLoss(from_logits=False)
    found = loss.real(scores([0.5, 0.75]))
    assert float(found) == pytest.approx((LOG2 + LOG4 - LOG3) / 2)
    found = loss.fake(scores([0.5, 0.75]))
    assert float(found) == pytest.approx((LOG2 + LOG4) / 2)


@pytest.mark.parametrize("from_logits", [True, False])
def test_generator_wants_its_scores_to_be_real(from_logits):
    loss = BinaryCrossentropyLoss(from_logits)
    given = scores([0.25, 0.5])
    assert float(loss.generator(given)) == float(loss.real(given))


def test_scales_are_averaged_each_then_summed():
    found = BinaryCrossentropyLoss().real(scores([0], [0, 0, 0]))
    assert float(found) == pytest.approx(2 * LOG2)


def test_extreme_logits_cost_their_distance():
    loss = BinaryCrossentropyLoss()
    assert float(loss.real(scores([-500]))) == 500
    assert float(loss.fake(scores([500]))) == 500
    assert float(loss.real(scores([500]))) == 0


def test_wrong_logits_always_have_a_gradient():
    loss = BinaryCrossentropyLoss()
    (real,) = gradients(lambda x: loss.real([x]), scores([-500])[0])
    (fake,) = gradients(lambda x: loss.fake([x]), scores([500])[0])
    assert (real.item(), fake.item()) == (-1, 1)


def test_the_logarithm_of_zero_is_minus_one_hundred():
    loss = BinaryCrossentropyLoss(from_logits=False)
    assert float(loss.real(scores([0]))) == 100
    assert float(loss.fake(scores([1]))) == 100
    assert float(loss.real(scores([1]))) == 0
    assert float(loss.fake(scores([0]))) == 0


@pytest.mark.parametrize("method", ["real", "fake", "generator"])
def test_gradients_at_zero_and_one_are_finite(method):
    loss = getattr(BinaryCrossentropyLoss(from_logits=False), method)
    (found,) = gradients(lambda x: loss([x]), scores([0, 1])[0])
    assert np.isfinite(found).all()


def test_gradient_of_probabilities():
    loss = BinaryCrossentropyLoss(from_logits=False)
    # -1/p and 1/(1 - p), two patches
    (real,) = gradients(lambda x: loss.real([x]), scores([0.5, 0.25])[0])
    (fake,) = gradients(lambda x: loss.fake([x]), scores([0.5, 0.25])[0])
    assert real.ravel() == pytest.approx([-1, -2])
    assert fake.ravel() == pytest.approx([1, 2 / 3])


@pytest.mark.parametrize("from_logits", [True, False])
@pytest.mark.parametrize("method", ["real", "fake"])
def test_equals_the_reference(method, from_logits):
    cases = loading.cases()
    judged = [cases["scores0"], cases["scores1"]]
    if not from_logits:
        judged = [ops.sigmoid(score) for score in judged]
    found = getattr(BinaryCrossentropyLoss(from_logits), method)(judged)
    expected = cases[f"bce_{method}_after_sigmoid"].item()
    assert float(found) == pytest.approx(expected, rel=1e-6)


def test_half_precision_scores_give_float32():
    half = [ops.cast(score, "float16") for score in scores([-60000.0])]
    found = BinaryCrossentropyLoss().real(half)
    assert dtype_of(found) == "float32"
    assert float(found) == pytest.approx(60000, rel=1e-3)


@pytest.mark.parametrize("from_logits", [True, False])
def test_config_round_trip(from_logits):
    loss = BinaryCrossentropyLoss(from_logits)
    config = keras.saving.serialize_keras_object(loss)
    loss = keras.saving.deserialize_keras_object(config)
    assert type(loss) is BinaryCrossentropyLoss
    assert loss.from_logits == from_logits
