"""The devices that a run trains on: one, all of a machine, or of many."""

import contextlib
import pathlib
import sys
import tempfile

import keras

from keras_pix2pixhd.models.dividing import check_batch_size
from keras_pix2pixhd.runs.workers.cluster import cluster_of_environment
from keras_pix2pixhd.runs.workers.deadly_signals import deadly_signals


class Devices:
    """What a run must know of its devices.

    Attributes:
        strategy: `tf.distribute.Strategy`, or `None` for one device.
        replicas: int, how many share a batch, on all machines.
        shard: `(index, count)`, which part of each batch this process reads,
            or `None` if it reads all.
        chief: bool, whether this is the process that leaves the run folder.
            The others do the same work, which all must do, and write it
            where it is thrown away.
    """

    def __init__(self, strategy=None, shard=None, spare=None):
        self.strategy = strategy
        self.replicas = strategy.num_replicas_in_sync if strategy else 1
        self.shard = shard
        self.chief = shard is None or shard[0] == 0
        self._spare = spare

    def scope(self):
        """The context in which models are made and compiled."""
        if self.strategy is None:
            return contextlib.nullcontext()
        return self.strategy.scope()

    def folder(self, path):
        """Returns where this process writes: `path`, if it is the chief."""
        if self.chief:
            return pathlib.Path(path)
        return self._spare / pathlib.Path(path).name

    def in_words(self):
        """Returns the backend and its devices, and how they share a batch."""
        found = ", ".join(keras.distribution.list_devices())
        words = f"{keras.backend.backend()}, {found}"
        if self.strategy is None:
            return words
        name = "mirrored"
        if self.shard is not None:
            name = f"multi_worker, worker {self.shard[0]} of {self.shard[1]}"
        if self.replicas == 1:
            return f"{words}; {name}: 1 device, which has nothing to share"
        return f"{words}; {name}: {self.replicas} devices share each batch"

    def any(self, flag):
        """Whether a flag is true in at least one process.

        All must ask at the same moment of the training.
        """
        if self.shard is None:
            return bool(flag)
        import tensorflow as tf

        raised = tf.constant(1.0 if flag else 0.0)
        return float(self.strategy.reduce("SUM", raised, axis=None)) > 0


@contextlib.contextmanager
def open_devices(config, log=print):
    """The devices of a configuration, as a context.

    To be entered before anything else is asked of TensorFlow. Several workers
    wait here for each other, where SIGINT ends one at once.

    Args:
        config: `RunConfig`; `strategy` and `batch_size` count.
        log: function that prints a line, default `print`: whom it waits for.

    Yields:
        `Devices`.

    Raises:
        ValueError: if the strategy is impossible here, the batch size is not
            divisible by the replicas, or, at any time, another process of the
            run is gone.
    """
    shard = cluster = None
    if config.strategy == "multi_worker":
        cluster = cluster_of_environment()
        shard = cluster.shard
    strategy = _strategy(config.strategy, cluster, log)
    with _spare_folder(shard) as spare:
        devices = Devices(strategy, shard, spare)
        check_batch_size(config.batch_size, devices.replicas)
        with cluster.watched() if shard else contextlib.nullcontext():
            yield devices


@contextlib.contextmanager
def _spare_folder(shard):
    """A folder for what is thrown away, where something is."""
    if not shard or shard[0] == 0:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pix2pixhd-worker-") as spare:
        yield pathlib.Path(spare)


def _strategy(name, cluster, log):
    if name == "none":
        return None
    if keras.backend.backend() != "tensorflow":
        raise ValueError(
            "Only the TensorFlow backend trains on several devices. Received: "
            f"strategy={name} on {keras.backend.backend()}. Set "
            "KERAS_BACKEND=tensorflow, or strategy=none."
        )
    import tensorflow as tf

    if name == "multi_worker":
        return _strategy_of_workers(cluster, log)
    devices = tf.config.list_logical_devices
    here = devices("GPU") or devices("CPU")
    return tf.distribute.MirroredStrategy([device.name for device in here])


def _strategy_of_workers(cluster, log):
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
