"""Which weights of a network get a gradient, on any backend."""

import numpy as np
from keras import ops

from tests.gradients import gradients


def idle_weights(network, inputs):
    """Paths of the trainable variables whose gradient is missing or zero.

    The loss is a weighted sum of the output, with weights of both signs: a
    plain sum is blind to what a normalization takes off. At inference,
    because the batch's own mean takes off a bias again.
    """
    weights = np.random.default_rng(1).normal(size=network(inputs).shape)
    weights = weights.astype("float32")

    def loss(*values):
        frozen = [v.value for v in network.non_trainable_variables]
        y, _ = network.stateless_call(
            list(values), frozen, inputs, training=False
        )
        return ops.sum(ops.multiply(y, weights))

    variables = network.trainable_variables
    found = gradients(loss, *[v.value for v in variables])
    return [
        variable.path
        for variable, gradient in zip(variables, found, strict=True)
        if not np.abs(gradient).max() > 0
    ]
