"""Batches that all replicas of a strategy share."""

import contextlib

_RULE = "The size of every batch must be divisible by the number of replicas."


def check_batch_size(size, replicas):
    """Refuses a batch that cannot be divided by all replicas.

    Args:
        size: int, of the whole batch, or `None` if it is not known.
        replicas: int.

    Raises:
        ValueError: if they would get unequal parts.
    """
    if size is not None and size % replicas:
        raise ValueError(indivisible(size, replicas))


def check_dataset(x, batch_size, replicas):
    """Refuses what gives batches that cannot be divided by all replicas.

    Args:
        x: what `fit` takes.
        batch_size: what `fit` takes.
        replicas: int.

    Returns:
        `x`; a data set whose batches may have any size with a check of each.

    Raises:
        ValueError: if the size is known before.
    """
    import tensorflow as tf

    if not isinstance(x, tf.data.Dataset):
        check_batch_size(getattr(x, "batch_size", batch_size), replicas)
        return x
    shape = tf.nest.flatten(x.element_spec)[0].shape
    if shape.rank and shape[0] is not None:
        check_batch_size(shape[0], replicas)
        return x

    @tf.autograph.experimental.do_not_convert
    def checked(*batch):
        size = tf.shape(tf.nest.flatten(batch)[0])[0]
        check = tf.debugging.Assert(
            size % replicas == 0, [indivisible("another size", replicas)]
        )
        with tf.control_dependencies([check]):
            batch = tf.nest.map_structure(tf.identity, batch)
        return batch if len(batch) > 1 else batch[0]

    return x.map(checked)


@contextlib.contextmanager
def said_as_value_error():
    """Raises as a `ValueError` what the check of a data set has found."""
    import tensorflow as tf

    try:
        yield
    except tf.errors.InvalidArgumentError as error:
        words = error.message.partition(_RULE)[2].partition("smaller.")[0]
        if not words:
            raise
        raise ValueError(f"{_RULE}{words}smaller.") from None


def check_scope(strategy):
    """Refuses to go on outside of the scope of a strategy."""
    import tensorflow as tf

    if tf.distribute.get_strategy() is not strategy:
        raise ValueError(
            "A model made in the scope of a strategy must be compiled in it, "
            "with its optimizers. Received: compile outside of the scope of a "
            f"{type(strategy).__name__}."
        )


def across_machines(strategy):
    """Whether the replicas of a strategy are in several processes."""
    if strategy is None:
        return False
    import tensorflow as tf

    if not isinstance(strategy, tf.distribute.MultiWorkerMirroredStrategy):
        return False
    tasks = strategy.cluster_resolver.cluster_spec().as_dict().values()
    return sum(len(hosts) for hosts in tasks) > 1


def divided(batch, strategy):
    """Returns a batch as one value for each replica.

    Args:
        batch: dict of arrays `(size, ...)`; on several machines the same.
        strategy: `tf.distribute.Strategy`.
    """
    import tensorflow as tf

    def part(context):
        count = context.num_replicas_in_sync
        number = context.replica_id_in_sync_group
        size = len(batch["label"]) // count
        own = slice(number * size, (number + 1) * size)
        return {k: tf.convert_to_tensor(v[own]) for k, v in batch.items()}

    return strategy.experimental_distribute_values_from_function(part)


def indivisible(size, replicas):
    """Says of a batch that it cannot be divided by all replicas."""
    return (
        f"{_RULE} Received: a batch of {size} for {replicas} replicas. Take a "
        f"multiple of {replicas}, and leave out a last batch that is smaller."
    )
