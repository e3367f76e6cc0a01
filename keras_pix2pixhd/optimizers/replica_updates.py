"""Updates that all replicas of a `tf.distribute.Strategy` make alike."""

import keras
from keras import ops

from keras_pix2pixhd.replicas import number_of_replicas


def sum_over_replicas(gradients):
    """Returns the sums of gradients over all replicas.

    Args:
        gradients: list of tensors; `None` stays.

    Returns:
        A list, the same on every replica; without a strategy, of what is
        given.
    """
    if number_of_replicas() == 1:
        return list(gradients)
    import tensorflow as tf

    some = [g for g in gradients if g is not None]
    summed = iter(
        tf.distribute.get_replica_context().all_reduce(
            tf.distribute.ReduceOp.SUM, some
        )
    )
    return [None if g is None else next(summed) for g in gradients]


def trust_sums(optimizers):
    """Lets optimizers take their gradients for sums over all replicas.

    Keras' optimizers sum what they are given, after they have clipped it.
    Here it has been summed before, to be judged.
    """
    if number_of_replicas() == 1:
        return
    for optimizer in optimizers:
        # no public way: tests of two replicas see whether Keras still asks
        optimizer._all_reduce_sum_gradients = list


def on_every_replica_if(condition, function, *args):
    """Calls a function on every replica if a condition holds.

    Args:
        condition: bool scalar, the same on every replica.
        function: what has no results.
        *args: lists of tensors and variables.
    """

    def call():
        function(*args)

    if not _merges():
        ops.cond(condition, call, lambda: None)
        return
    import tensorflow as tf

    def across_replicas(distribution, condition, *args):
        # a branch that updates must be entered by all replicas at once
        first = distribution.experimental_local_results(condition)[0]

        def call():
            distribution.extended.call_for_each_replica(function, args=args)

        ops.cond(first, call, lambda: None)

    tf.distribute.get_replica_context().merge_call(
        across_replicas, args=(condition, *args)
    )


def _merges():
    """Whether there is a strategy whose replicas meet to update."""
    if keras.backend.backend() != "tensorflow":
        return False
    import tensorflow as tf

    return not tf.__internal__.distribute.strategy_supports_no_merge_call()
