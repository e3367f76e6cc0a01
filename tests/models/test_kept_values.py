import types

import pytest

from keras_pix2pixhd.models.kept_values import KeptValues


class Value:
    """Stands for an array of JAX."""

    def __init__(self, used=False):
        self.used = used

    def is_deleted(self):
        return self.used


class Variable:
    value = None

    def assign(self, value):
        self.value = value


def model():
    optimizer = types.SimpleNamespace(variables=[Variable()])
    return types.SimpleNamespace(
        trainable_variables=[Variable(), Variable()],
        non_trainable_variables=[Variable()],
        optimizer=optimizer,
        metrics_variables=[],
    )


def failing(state, iterator):
    raise ValueError("no batch")


def test_a_step_that_does_not_come_leaves_all_values():
    gan = model()
    state = [Value(), Value()], [Value()], [Value()], []
    with pytest.raises(ValueError, match="no batch"):
        KeptValues(gan, failing)(state, iter([]))
    assert [v.value for v in gan.trainable_variables] == state[0]
    assert gan.non_trainable_variables[0].value is state[1][0]
    assert gan.optimizer.variables[0].value is state[2][0]


def test_what_a_step_has_used_up_is_not_given_back():
    gan = model()
    state = [Value(used=True), Value()], [Value()], [Value()], []
    with pytest.raises(ValueError, match="no batch"):
        KeptValues(gan, failing)(state, iter([]))
    assert gan.trainable_variables[0].value is None


def test_a_step_returns_what_it_returns():
    kept = KeptValues(model(), lambda state, iterator: (state, next(iterator)))
    assert kept("state", iter(["batch"])) == ("state", "batch")
