"""Adam's update as one pass over its arrays."""

import keras

# beyond it the corrections of the first steps are exactly 1 in float32: they
# are in the rate that is given
_LATE = 1e9


def fuse_adam(optimizers):
    """Lets Keras' Adam optimizers update by a kernel made for it.

    Keras computes the moments and the step one after another, each a new
    array as large as the weights; TensorFlow and torch have a kernel that
    reads and writes everything once. The numbers differ by rounding only.
    JAX, whose compiler does this itself, and other optimizers are left as
    they are.

    Args:
        optimizers: list of built optimizers.
    """
    update = {"tensorflow": _fuse_tensorflow, "torch": _fuse_torch}
    fuse = update.get(keras.backend.backend())
    for optimizer in optimizers:
        if fuse and _updates_like_adam(optimizer):
            fuse(optimizer)


def _updates_like_adam(optimizer):
    """Whether it is Adam, or such as AdamW that add something before it."""
    update = getattr(type(optimizer), "update_step", None)
    variables = optimizer._trainable_variables
    return (
        update is keras.optimizers.Adam.update_step
        and not optimizer.amsgrad
        and all(v.dtype == "float32" for v in variables)
    )


def _fuse_tensorflow(optimizer):
    import tensorflow as tf

    def update_step(gradient, variable, learning_rate):
        index = optimizer._get_variable_index(variable)
        powers = _powers(optimizer)
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=optimizer._momentums[index].value.handle,
            v=optimizer._velocities[index].value.handle,
            beta1_power=powers[0],
            beta2_power=powers[1],
            lr=tf.cast(learning_rate, "float32"),
            beta1=optimizer.beta_1,
            beta2=optimizer.beta_2,
            epsilon=optimizer.epsilon,
            grad=tf.cast(tf.convert_to_tensor(gradient), "float32"),
        )

    optimizer.update_step = update_step


def _fuse_torch(optimizer):
    import torch

    def parallel_update_step(grads, variables, learning_rate):
        indices = [optimizer._get_variable_index(v) for v in variables]
        first, second = _powers(optimizer)
        rate = keras.ops.cast(learning_rate, "float32")
        rate = rate * keras.ops.sqrt(1 - second) / (1 - first)
        late = torch.full((), _LATE, device=variables[0].value.device)
        torch._fused_adam_(
            [v.value.data for v in variables],
            list(grads),
            [optimizer._momentums[i].value.data for i in indices],
            [optimizer._velocities[i].value.data for i in indices],
            [],
            [late] * len(indices),
            lr=rate,
            beta1=optimizer.beta_1,
            beta2=optimizer.beta_2,
            weight_decay=0.0,
            eps=optimizer.epsilon,
            amsgrad=False,
            maximize=False,
        )

    optimizer._parallel_update_step = parallel_update_step


def _powers(optimizer):
    """Both decays, to the power of the update that is made."""
    step = keras.ops.cast(optimizer.iterations + 1, "float32")
    return [
        keras.ops.power(keras.ops.cast(beta, "float32"), step)
        for beta in (optimizer.beta_1, optimizer.beta_2)
    ]
