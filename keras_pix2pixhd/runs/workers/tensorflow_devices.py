"""The devices of this machine, or of many, on TensorFlow."""

import sys

from keras_pix2pixhd.runs.workers.deadly_signals import deadly_signals


def mirrored():
    """Returns the strategy of all GPUs, or of the CPU."""
    import tensorflow as tf

    devices = tf.config.list_logical_devices
    here = devices("GPU") or devices("CPU")
    return tf.distribute.MirroredStrategy([device.name for device in here])


def meet(cluster, log):
    """Lets this process and the others know each other.

    Args:
        cluster: `Cluster`.
        log: function that prints a line: whom it waits for.

    Returns:
        The strategy of all of them.

    Raises:
        ValueError: if they do not find each other.
    """
    import tensorflow as tf

    if cluster.shard:
        log(cluster.waiting())
        sys.stdout.flush()  # it is read while nothing else happens
    try:
        with deadly_signals():
            return tf.distribute.MultiWorkerMirroredStrategy()
    except tf.errors.OpError as error:
        raise ValueError(
            "All workers must find each other, each at its address. Received: "
            f"{cluster.waiting()}: {error.message}. Is the port free, and do "
            "all of them have the same TF_CONFIG but for the index?"
        ) from error


def any_process(strategy, flag):
    """Whether a flag is true in at least one process; all must ask."""
    import tensorflow as tf

    raised = tf.constant(1.0 if flag else 0.0)
    return float(strategy.reduce("SUM", raised, axis=None)) > 0
