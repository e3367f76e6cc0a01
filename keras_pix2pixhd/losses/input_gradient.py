"""The gradient with respect to an input, itself differentiable."""

import keras


def input_gradient(function, x):
    """The gradient of a scalar function at `x`.

    It can be differentiated again with respect to whatever the function
    uses, such as the weights of a network.

    Args:
        function: from a tensor like `x` to a scalar tensor. It must change
            no variable: what a network notes while it is differentiated, as
            batch normalization does, is worth nothing outside.
        x: float tensor; a constant, where torch is the backend.

    Returns:
        A tensor of the shape and dtype of `x`.
    """
    return _BACKENDS[keras.backend.backend()](function, x)


def _tensorflow(function, x):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(x)
        value = function(x)
    return tape.gradient(value, x)


def _jax(function, x):
    import jax

    return jax.grad(function)(x)


def _torch(function, x):
    import torch

    # Keras evaluates without gradients
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        (gradient,) = torch.autograd.grad(function(x), x, create_graph=True)
    return gradient


_BACKENDS = {"tensorflow": _tensorflow, "jax": _jax, "torch": _torch}
