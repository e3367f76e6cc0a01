"""Numbers worked by hand: two networks of one weight each, and SGD."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.optimizers.guarded_optimizer import GuardedOptimizer
from keras_pix2pixhd.optimizers.network_optimizers import joined_optimizers

NAN, INF = float("nan"), float("inf")


def weight(name, size=1):
    """A network whose only weight is `size` ones."""
    inputs = keras.Input((size,))
    outputs = keras.layers.Dense(
        1, use_bias=False, kernel_initializer="ones", name="dense"
    )(inputs)
    return keras.Model(inputs, outputs, name=name)


class Pair:
    """A generator and a discriminator, and what moves them."""

    def __init__(self, size=1, make=None, accumulation_steps=1, **arguments):
        make = make or (lambda: keras.optimizers.SGD(1.0))
        networks = weight("one", size), weight("two", size)
        self.variables = [n.trainable_variables[0] for n in networks]
        self.inner = make(), make()
        joined = joined_optimizers(
            networks[0],
            self.inner[0],
            networks[1],
            self.inner[1],
            accumulation_steps=accumulation_steps,
        )
        self.optimizer = GuardedOptimizer(
            joined,
            self.variables[1:],
            accumulation_steps=accumulation_steps,
            **arguments,
        )
        self.optimizer.build(self.variables)

    def step(self, *gradients):
        tensors = [
            ops.convert_to_tensor(np.reshape(g, (-1, 1)).astype("float32"))
            for g in gradients
        ]
        if keras.backend.backend() != "jax":
            self.optimizer.apply(tensors, self.variables)
            return
        before = [v.value for v in self.optimizer.variables]
        weights = [v.value for v in self.variables]
        found = self.optimizer.stateless_apply(before, tensors, weights)
        pairs = zip(self.variables, found[0], strict=True)
        states = zip(self.optimizer.variables, found[1], strict=True)
        for variable, value in [*pairs, *states]:
            variable.assign(value)

    @property
    def weights(self):
        found = [ops.convert_to_numpy(v) for v in self.variables]
        return [x[:, 0].tolist() for x in found]

    @property
    def report(self):
        return self.optimizer.counts.report()

    @property
    def updates(self):
        return [int(optimizer.iterations.numpy()) for optimizer in self.inner]


def test_finite_gradients_move_both():
    pair = Pair()
    pair.step(0.25, 0.5)
    assert pair.weights == [[0.75], [0.5]]
    assert pair.updates == [1, 1]
    assert pair.report["skipped_steps"] == 0


@pytest.mark.parametrize("bad", [(NAN, 0.5), (0.5, INF), (-INF, NAN)])
def test_one_bad_gradient_moves_neither(bad):
    pair = Pair(make=lambda: keras.optimizers.Adam(0.5))
    pair.step(1.0, 1.0)
    inner = pair.optimizer.inner_optimizer.variables
    before = [np.array(ops.convert_to_numpy(v)) for v in inner]
    weights = pair.weights
    pair.step(*bad)
    after = [ops.convert_to_numpy(v) for v in inner]
    assert all((x == y).all() for x, y in zip(before, after, strict=True))
    assert pair.weights == weights
    assert pair.report["skipped_steps"] == 1


def test_rows_of_skipped_steps_are_counted():
    pair = Pair()
    for gradient in (NAN, NAN, 1.0, NAN):
        pair.step(gradient, 0.0)
    assert pair.report["skipped_steps"] == 3
    assert pair.report["skipped_in_a_row"] == 1
    pair.step(1.0, 0.0)
    assert pair.report["skipped_in_a_row"] == 0


def test_norms_are_means_over_the_finite_steps():
    pair = Pair(size=2)
    pair.step([3.0, 4.0], [0.0, 1.0])
    pair.step([NAN, 0.0], [7.0, 7.0])
    pair.step([0.0, 1.0], [6.0, 8.0])
    assert pair.report["generator_gradient_norm"] == 3.0
    assert pair.report["discriminator_gradient_norm"] == 5.5
    pair.optimizer.counts.forget_norms()
    assert pair.report["generator_gradient_norm"] == 0.0
    assert pair.report["skipped_steps"] == 1


def test_longer_gradients_are_cut_for_each_network():
    pair = Pair(size=2, clip_norm=2.5)
    pair.step([3.0, 4.0], [0.75, 1.0])
    assert pair.weights == [[-0.5, -1.0], [0.25, 0.0]]
    assert pair.report["generator_gradient_norm"] == 5.0


def test_an_update_is_the_mean_of_steps():
    pair = Pair(accumulation_steps=2)
    pair.step(1.0, 4.0)
    assert pair.weights == [[1.0], [1.0]]
    pair.step(0.0, 2.0)
    assert pair.weights == [[0.5], [-2.0]]
    pair.step(1.0, 1.0)
    pair.step(1.0, 1.0)
    assert pair.weights == [[-0.5], [-3.0]]
    assert pair.updates == [2, 2]


def test_a_skipped_step_is_not_gathered():
    pair = Pair(accumulation_steps=2)
    for gradient in (1.0, NAN, 0.0):
        pair.step(gradient, 0.0)
    assert pair.weights == [[0.5], [1.0]]
    assert pair.updates == [1, 1]


def test_the_mean_is_what_is_cut():
    pair = Pair(accumulation_steps=2, clip_norm=1.0)
    pair.step(3.0, -1.0)
    pair.step(1.0, 2.0)
    assert pair.weights == [[0.0], [0.5]]


def test_a_scaled_loss_is_scaled_back():
    pair = Pair(scales_loss=True)
    assert float(pair.optimizer.scale_loss(ops.ones(()))) == 2**15
    pair.step(2.0**14, 2.0**13)
    assert pair.weights == [[0.5], [0.75]]
    assert pair.report["generator_gradient_norm"] == 0.5


def test_the_scale_is_halved_by_each_bad_step_down_to_one():
    pair = Pair(scales_loss=True)
    scale = pair.optimizer.loss_scale.value
    pair.step(INF, 0.0)
    assert float(scale) == 2**14
    for _ in range(16):
        pair.step(INF, 0.0)
    assert float(scale) == 1


def test_the_scale_is_doubled_after_2000_good_steps_up_to_a_limit():
    pair = Pair(scales_loss=True)
    scale = pair.optimizer.loss_scale
    scale.good_steps.assign(1998)
    pair.step(0.0, 0.0)
    assert float(scale.value) == 2**15
    pair.step(0.0, 0.0)
    assert float(scale.value) == 2**16
    assert int(scale.good_steps) == 0
    scale.value.assign(2.0**24)
    scale.good_steps.assign(1999)
    pair.step(0.0, 0.0)
    assert float(scale.value) == 2**24


@pytest.mark.parametrize(
    "norm", [0, -1.0, NAN, INF, "one", True, [1.0], 1e-320, 1e39, 10**400]
)
def test_a_norm_that_is_none_is_refused(norm):
    with pytest.raises(ValueError) as error:
        Pair(clip_norm=norm)
    assert str(error.value) == (
        "clip_norm must be a finite number above 0, also in float32 (1.2e-38 "
        f"to 3.4e38), or None. Received: clip_norm={norm!r}"
    )


def test_a_norm_may_be_of_numpy():
    assert Pair(clip_norm=np.float32(0.5)).optimizer.clip_norm == 0.5


@pytest.mark.parametrize("steps", [0, 1.5, "two"])
def test_steps_that_are_no_count_are_refused(steps):
    words = "accumulation_steps must be an integer of at least 1. Received: acc"
    with pytest.raises(ValueError, match=words):
        Pair(accumulation_steps=steps)


def test_optimizers_that_gather_themselves_are_refused():
    words = (
        "for both networks at once. Received: 'sgd.*' with gradient_acc.*=3. "
        "Leave it out and compile with accumulation_steps=3"
    )
    with pytest.raises(ValueError, match=words):
        Pair(
            make=lambda: keras.optimizers.SGD(
                1.0, gradient_accumulation_steps=3
            )
        )
