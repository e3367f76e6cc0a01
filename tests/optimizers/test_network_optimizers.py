import keras
import numpy as np
import pytest

from keras_pix2pixhd.optimizers.network_optimizers import joined_optimizers
from tests.small_gan import values

adam, sgd = keras.optimizers.Adam, keras.optimizers.SGD


def dense(name):
    """Networks whose variables have equal paths."""
    inputs = keras.Input((2,))
    outputs = keras.layers.Dense(1, name="dense")(inputs)
    return keras.Model(inputs, outputs, name=name)


def joined(first, second):
    networks = dense("one"), dense("two")
    variables = [v for n in networks for v in n.trainable_variables]
    optimizer = joined_optimizers(networks[0], first, networks[1], second)
    optimizer.build(variables)
    return optimizer, variables


def test_each_network_goes_by_its_own_rate():
    optimizer, variables = joined(sgd(1.0), sgd(0.25))
    before = values(variables)
    gradients = [keras.ops.ones(v.shape) for v in variables]
    optimizer.apply(gradients, variables)
    way = [x - y for x, y in zip(before, values(variables), strict=True)]
    assert [float(w.mean()) for w in way] == pytest.approx([1, 1, 0.25, 0.25])


def test_variables_are_told_apart_by_owner_not_by_path():
    optimizer, variables = joined(sgd(), adam())
    paths = [v.path for v in variables]
    assert paths == ["dense/kernel", "dense/bias"] * 2
    owned = [len(inner._trainable_variables) for inner in optimizer.optimizers]
    assert owned == [2, 2]


def test_optimizers_come_in_the_order_of_the_networks():
    first, second = keras.optimizers.Adam(), keras.optimizers.Adam()
    optimizer, _ = joined(first, second)
    assert optimizer.optimizers[0] is first
    assert optimizer.optimizers[1] is second


def test_two_equal_optimizers_keep_states_of_their_own():
    optimizer, variables = joined(adam(), adam())
    zeros = [keras.ops.zeros(v.shape) for v in variables[2:]]
    ones = [keras.ops.ones(v.shape) for v in variables[:2]]
    optimizer.apply([*ones, *zeros], variables)
    moments = [
        sum(float(np.abs(x).sum()) for x in values(inner.variables[2:]))
        for inner in optimizer.optimizers
    ]
    assert moments[0] > 0
    assert moments[1] == 0


def test_one_optimizer_for_both_is_refused():
    shared = adam(name="shared")
    with pytest.raises(
        ValueError, match="must be two optimizers, each.*twice: 'shared'"
    ):
        joined(shared, shared)


@pytest.mark.parametrize("frozen", ["generator", "discriminator"])
def test_network_that_cannot_train_is_refused(frozen):
    networks = {"generator": dense("one"), "discriminator": dense("two")}
    networks[frozen].trainable = False
    with pytest.raises(
        ValueError,
        match=f"The {frozen} must have trainable variables. Received a "
        f"{frozen} with trainable=False",
    ):
        joined_optimizers(
            networks["generator"], adam(), networks["discriminator"], adam()
        )


def test_wrapped_loss_scaling_is_refused():
    scaling = keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam())
    with pytest.raises(ValueError, match="LossScaleOptimizer cannot be used"):
        joined(scaling, adam())


@pytest.mark.parametrize("steps", [-1, 1.5, "ten"])
def test_freeze_steps_that_are_no_count_are_refused(steps):
    words = "freeze_steps must be an integer of at least 0. Received"
    with pytest.raises(ValueError, match=words):
        joined_optimizers(dense("one"), adam(), dense("two"), adam(), steps)


def test_freezing_what_has_no_enhancer_is_refused():
    words = "for a LocalEnhancer.*freeze_steps=3 for a Functional. Leave it out"
    with pytest.raises(ValueError, match=words):
        joined_optimizers(dense("one"), adam(), dense("two"), adam(), 3)
