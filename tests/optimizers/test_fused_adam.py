"""Adam's update as one pass, against Adam in NumPy."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.optimizers.fused_adam import fuse_adam


def adam_by_hand(weights, gradients, rate, beta_1, beta_2, epsilon):
    """Kingma and Ba's algorithm, in the form of the end of its section 2."""
    first = second = np.zeros(weights.shape)
    for step, gradient in enumerate(gradients, start=1):
        first = beta_1 * first + (1 - beta_1) * gradient
        second = beta_2 * second + (1 - beta_2) * gradient**2
        rate_now = rate * np.sqrt(1 - beta_2**step) / (1 - beta_1**step)
        weights = weights - rate_now * first / (np.sqrt(second) + epsilon)
    return weights


def trained(optimizer, start, gradients):
    variables = [keras.Variable(start), keras.Variable(2 * start)]
    optimizer.build(variables)
    fuse_adam([optimizer])
    for gradient in gradients:
        tensor = keras.ops.convert_to_tensor(gradient, "float32")
        optimizer.apply([tensor, tensor], variables)
    return [keras.ops.convert_to_numpy(v) for v in variables]


@pytest.fixture
def case():
    random = np.random.default_rng(0)
    start = random.normal(size=(5, 7)).astype("float32")
    return start, random.normal(size=(6, 5, 7)).astype("float32")


def test_six_updates_are_adams(case):
    start, gradients = case
    found = trained(keras.optimizers.Adam(0.1, 0.5, 0.9, 1e-3), *case)
    for weights, begun in zip(found, (start, 2 * start), strict=True):
        expected = adam_by_hand(begun, gradients, 0.1, 0.5, 0.9, 1e-3)
        np.testing.assert_allclose(weights, expected, rtol=2e-5, atol=1e-6)


def test_the_rate_of_a_schedule_is_asked_for_each_update(case):
    start, gradients = case
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay(
        [1], [0.1, 0.0]
    )
    found, _ = trained(keras.optimizers.Adam(schedule), *case)
    expected = adam_by_hand(start, gradients[:2], 0.1, 0.9, 0.999, 1e-7)
    np.testing.assert_allclose(found, expected, rtol=2e-5, atol=1e-6)


def test_what_adamw_adds_stays(case):
    start, _ = case
    still = np.zeros((1, *start.shape), "float32")
    found, _ = trained(
        keras.optimizers.AdamW(0.1, weight_decay=0.5), start, still
    )
    np.testing.assert_allclose(found, start * (1 - 0.1 * 0.5), rtol=1e-6)


@pytest.mark.parametrize(
    "optimizer",
    [
        lambda: keras.optimizers.SGD(0.1),
        lambda: keras.optimizers.Adam(0.1, amsgrad=True),
    ],
)
def test_other_optimizers_are_left_as_they_are(optimizer, case):
    fused = trained(optimizer(), *case)
    plain = optimizer()
    variables = [keras.Variable(case[0]), keras.Variable(2 * case[0])]
    plain.build(variables)
    assert not {"update_step", "_parallel_update_step"} & set(vars(plain))
    for gradient in case[1]:
        tensor = keras.ops.convert_to_tensor(gradient)
        plain.apply([tensor, tensor], variables)
    for one, other in zip(fused, variables, strict=True):
        np.testing.assert_array_equal(one, keras.ops.convert_to_numpy(other))


def test_the_moments_are_kept_where_keras_keeps_them(case):
    start, gradients = case
    optimizer = keras.optimizers.Adam(0.1, 0.5)
    trained(optimizer, start, gradients[:1])
    kept = keras.ops.convert_to_numpy(optimizer._momentums[0])
    np.testing.assert_allclose(kept, 0.5 * gradients[0], rtol=1e-6)
