import keras
import numpy as np
import pytest

from keras_pix2pixhd.losses import LSGANLoss
from tests.golden import loading
from tests.gradients import gradients
from tests.layer_checks import dtype_of


def scores(*rows):
    """Patch scores of several scales, from one row of numbers for each."""
    return [np.array(r, "float32").reshape(1, 1, -1, 1) for r in rows]


def test_real_scores_are_drawn_to_one():
    # (0 + 1 + 4) / 3
    assert float(LSGANLoss().real(scores([1, 0, 3]))) == pytest.approx(5 / 3)


def test_fake_scores_are_drawn_to_zero():
    # (1 + 0 + 9) / 3
    assert float(LSGANLoss().fake(scores([1, 0, 3]))) == pytest.approx(10 / 3)


def test_generator_wants_its_scores_to_be_one():
    found = LSGANLoss().generator(scores([1, 0, 3]))
    assert float(found) == pytest.approx(5 / 3)


def test_scales_are_averaged_each_then_summed():
    # 1 + (4 + 4 + 4 + 0) / 4
    found = LSGANLoss().real(scores([0], [3, -1, 3, 1]))
    assert float(found) == pytest.approx(4)


def test_images_of_a_batch_are_averaged():
    two = [np.array([0, 2, 4, 4], "float32").reshape(2, 1, 2, 1)]
    assert float(LSGANLoss().fake(two)) == pytest.approx(9)


@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_precision_scores_give_float32(dtype):
    # 300 squared is beyond float16
    half = [keras.ops.cast(score, dtype) for score in scores([300.0])]
    found = LSGANLoss().fake(half)
    assert dtype_of(found) == "float32"
    assert float(found) == 90000


def test_gradient_pulls_towards_the_target():
    # d/ds of ((s - 1)^2 + (t - 1)^2) / 2
    real, fake = (
        gradients(lambda x, f=f: f([x]), scores([0.5, 3])[0])[0]
        for f in (LSGANLoss().real, LSGANLoss().fake)
    )
    assert real.ravel().tolist() == [-0.5, 2]
    assert fake.ravel().tolist() == [0.5, 3]


@pytest.mark.parametrize("method", ["real", "fake"])
def test_equals_the_reference(method):
    cases = loading.cases()
    found = getattr(LSGANLoss(), method)([cases["scores0"], cases["scores1"]])
    expected = cases[f"lsgan_{method}"].item()
    assert float(found) == pytest.approx(expected, rel=1e-6)


def test_config_round_trip():
    config = keras.saving.serialize_keras_object(LSGANLoss())
    loss = keras.saving.deserialize_keras_object(config)
    assert type(loss) is LSGANLoss
