"""What code that runs on several devices at once must know of them.

Under a `tf.distribute.Strategy`, each replica runs the same step on a part of
the batch. On other backends, and without a strategy, there is one replica: on
JAX, a `keras.distribution.Distribution` divides the arrays of one program
among devices, and what is written is what one device would do.
"""

import keras
from keras import ops


def number_of_replicas():
    """Returns how many replicas share a batch: those of all machines.

    Example:

    >>> number_of_replicas()
    1
    """
    if keras.backend.backend() != "tensorflow":
        return 1
    import tensorflow as tf

    return tf.distribute.get_strategy().num_replicas_in_sync


def sharing_devices():
    """Returns how many devices share a batch: those of all machines.

    Those of the strategy on TensorFlow, and on JAX those of the distribution
    that is set.

    Example:

    >>> sharing_devices()
    1
    """
    if keras.backend.backend() == "jax":
        distribution = keras.distribution.distribution()
        return distribution.num_model_replicas if distribution else 1
    return number_of_replicas()


def gathered(samples):
    """Returns the samples of all replicas, those of the first first.

    No gradient flows through them.

    Args:
        samples: dict of tensors `(batch, ...)`, of one batch size on all
            replicas.

    Returns:
        A dict of tensors `(replicas * batch, ...)`, equal on all replicas.
    """
    context = _replica_context()
    if context is None:
        return samples
    together = {}
    for name, x in samples.items():
        # there is no way for the smaller integers
        carried = ops.cast(x, "int32") if x.dtype == "uint8" else x
        whole = context.all_gather(ops.stop_gradient(carried), axis=0)
        if x.shape[0] is not None:
            count = x.shape[0] * context.num_replicas_in_sync
            whole.set_shape((count, *x.shape[1:]))
        together[name] = ops.cast(whole, x.dtype)
    return together


def own_part(samples):
    """Returns this replica's part of samples that all replicas have alike.

    The inverse of `gathered`.

    Args:
        samples: dict of tensors `(replicas * batch, ...)`.

    Returns:
        A dict of tensors `(batch, ...)`.
    """
    context = _replica_context()
    if context is None:
        return samples
    count = context.num_replicas_in_sync
    number = ops.cast(context.replica_id_in_sync_group, "int32")
    parts = {}
    for name, x in samples.items():
        batch = ops.shape(x)[0] // count
        parts[name] = x[number * batch : (number + 1) * batch]
    return parts


def _replica_context():
    """The replica that runs this code, `None` if there is only one."""
    if number_of_replicas() == 1:
        return None
    import tensorflow as tf

    return tf.distribute.get_replica_context()
