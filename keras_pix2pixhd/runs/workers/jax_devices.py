"""The devices of this machine, or of many, on JAX."""

import atexit
import contextlib
import os
import sys

import keras

from keras_pix2pixhd.runs.workers.cluster import Cluster
from keras_pix2pixhd.runs.workers.deadly_signals import deadly_signals


def distribution():
    """Returns a `keras.distribution.DataParallel` of all devices.

    Its data sets are those parts that each process has to feed.
    """
    return keras.distribution.DataParallel(auto_shard_dataset=False)


def meet(cluster, log):
    """Lets this process and the others know each other.

    Args:
        cluster: `Cluster`, or `None` for what JAX finds of Slurm, Open MPI,
            Kubernetes or a TPU pod.
        log: function that prints a line: whom it waits for.

    Returns:
        `Cluster`.

    Raises:
        ValueError: if there is none, they do not find each other, or
            something was computed before.
    """
    if cluster is not None and cluster.shard is None:
        return cluster
    arguments, words = (), "no workers that JAX could find"
    if cluster is not None:
        words = cluster.waiting()
        log(words)
        sys.stdout.flush()  # it is read while nothing else happens
        arguments = ",".join(cluster.addresses), cluster.count, cluster.index
    try:
        with deadly_signals():
            keras.distribution.initialize(*arguments)
    except (RuntimeError, ValueError) as error:
        raise ValueError(
            "All workers must find each other before anything is computed. "
            f"Received: {words}: {str(error).rstrip('.')}. Set TF_CONFIG, or "
            "the variables KERAS_DISTRIBUTION_... of docs/many_devices.md."
        ) from error
    import jax

    return Cluster(jax.process_index(), jax.process_count())


def any_process(flag):
    """Whether a flag is true in at least one process; all must ask."""
    import numpy as np
    from jax.experimental import multihost_utils

    return bool(np.any(multihost_utils.process_allgather(np.array(flag))))


@contextlib.contextmanager
def ending_alone():
    """Lets a process that fails end, and not wait for the others.

    At the end of a process JAX waits for all others, for minutes, and then
    aborts; meanwhile they would wait for it. SIGTERM ends all alike.
    """
    try:
        yield
    except SystemExit:
        raise
    except BaseException as error:
        atexit.register(_end, _code(error))
        raise


def _code(error):
    """The exit code of the command line."""
    if isinstance(error, KeyboardInterrupt):
        return 130
    return 2 if isinstance(error, (ValueError, OSError)) else 1


def _end(code):
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
