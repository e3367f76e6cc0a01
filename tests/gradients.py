"""Gradients on whichever backend Keras runs on."""

import keras
from keras import ops


def gradients(function, *arrays):
    """The gradient of a scalar function with respect to each array."""
    arrays = [ops.convert_to_tensor(x, "float32") for x in arrays]
    found = _BACKENDS[keras.backend.backend()](function, arrays)
    return [
        ops.convert_to_numpy(ops.zeros_like(x) if g is None else g)
        for x, g in zip(arrays, found, strict=True)
    ]


def _tensorflow(function, arrays):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(arrays)
        value = function(*arrays)
    return tape.gradient(value, arrays)


def _jax(function, arrays):
    import jax

    return jax.grad(function, argnums=tuple(range(len(arrays))))(*arrays)


def _torch(function, arrays):
    import torch

    arrays = [x.detach().requires_grad_() for x in arrays]
    return torch.autograd.grad(function(*arrays), arrays, allow_unused=True)


_BACKENDS = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}
