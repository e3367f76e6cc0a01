"""How long gradients are."""

import keras
from keras import ops


def norm_of(gradients):
    """The length of gradients as one vector, in float32.

    It is finite only if all of them are (and none beyond 1e19, whose square
    is not).

    Args:
        gradients: list of tensors; `None` counts as zeros.

    Returns:
        A float32 scalar.
    """
    total = ops.convert_to_tensor(0.0, "float32")
    for gradient in gradients:
        if gradient is not None:
            total += _sum_of_squares(ops.cast(gradient, "float32"))
    return ops.sqrt(total)


def _sum_of_squares(x):
    """A scalar, without an array of the squares."""
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        return 2 * tf.nn.l2_loss(x)
    if keras.backend.backend() == "torch":
        flat = x.flatten()
        return flat.dot(flat)
    return ops.sum(ops.square(x))


def clipped(gradient, norm, limit):
    """Shortens a gradient that is part of one of length `norm`.

    Args:
        gradient: tensor or `None`.
        norm: float scalar.
        limit: float above 0. Longer ones get this length.

    Returns:
        The gradient; as it is where `norm` does not exceed `limit`.
    """
    if gradient is None:
        return None
    return gradient * (limit / ops.maximum(norm, limit))
