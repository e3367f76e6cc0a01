import keras
import numpy as np
import pytest

from keras_pix2pixhd.models.two_optimizers import two_optimizers
from tests.small_gan import values


def dense(name):
    """Networks whose variables have equal paths."""
    inputs = keras.Input((2,))
    outputs = keras.layers.Dense(1, name="dense")(inputs)
    return keras.Model(inputs, outputs, name=name)


def joined(first, second):
    networks = dense("one"), dense("two")
    variables = [v for n in networks for v in n.trainable_variables]
    optimizer = two_optimizers(networks[0], first, networks[1], second)
    optimizer.build(variables)
    return optimizer, variables


def test_each_network_goes_by_its_own_rate():
    sgd = keras.optimizers.SGD
    optimizer, variables = joined(sgd(1.0), sgd(0.25))
    before = values(variables)
    gradients = [keras.ops.ones(v.shape) for v in variables]
    optimizer.apply(gradients, variables)
    way = [x - y for x, y in zip(before, values(variables), strict=True)]
    assert [float(w.mean()) for w in way] == pytest.approx([1, 1, 0.25, 0.25])


def test_variables_are_told_apart_by_owner_not_by_path():
    optimizer, variables = joined("sgd", "adam")
    paths = [v.path for v in variables]
    assert paths == ["dense/kernel", "dense/bias"] * 2
    owned = [len(inner._trainable_variables) for inner in optimizer.optimizers]
    assert owned == [2, 2]


def test_optimizers_come_in_the_order_of_the_networks():
    first, second = keras.optimizers.Adam(), keras.optimizers.Adam()
    optimizer, _ = joined(first, second)
    assert optimizer.optimizers[0] is first
    assert optimizer.optimizers[1] is second


def test_names_of_optimizers_will_do():
    optimizer, _ = joined("sgd", "adam")
    kinds = [type(x).__name__ for x in optimizer.optimizers]
    assert kinds == ["SGD", "Adam"]


def test_two_equal_optimizers_keep_states_of_their_own():
    adam = keras.optimizers.Adam
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
    adam = keras.optimizers.Adam(name="shared")
    with pytest.raises(
        ValueError, match="must be two optimizers, each.*twice: 'shared'"
    ):
        joined(adam, adam)


@pytest.mark.parametrize("frozen", ["generator", "discriminator"])
def test_network_that_cannot_train_is_refused(frozen):
    networks = {"generator": dense("one"), "discriminator": dense("two")}
    networks[frozen].trainable = False
    with pytest.raises(
        ValueError,
        match=f"The {frozen} must have trainable variables. Received a "
        f"{frozen} with trainable=False",
    ):
        two_optimizers(
            networks["generator"], "adam", networks["discriminator"], "adam"
        )


def test_wrapped_loss_scaling_is_refused():
    scaling = keras.optimizers.LossScaleOptimizer(keras.optimizers.Adam())
    with pytest.raises(ValueError, match="LossScaleOptimizer cannot be used"):
        joined(scaling, "adam")
