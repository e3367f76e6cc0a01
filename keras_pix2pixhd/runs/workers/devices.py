"""The devices that a run trains on: one, all of a machine, or of many."""

import contextlib
import pathlib
import tempfile

import keras

from keras_pix2pixhd.models.dividing import check_batch_size
from keras_pix2pixhd.runs.workers import jax_devices, tensorflow_devices
from keras_pix2pixhd.runs.workers.cluster import cluster_of_environment
from keras_pix2pixhd.runs.workers.jax_cluster import jax_cluster


class Devices:
    """What a run must know of its devices.

    Attributes:
        strategy: `tf.distribute.Strategy`, on JAX a
            `keras.distribution.DataParallel`, or `None` for one device.
        replicas: int, how many share a batch, on all machines.
        shard: `(index, count)`, which part of each batch this process reads,
            or `None` if it reads all.
        chief: bool, whether this is the process that leaves the run folder.
            The others do the same work, which all must do, and write it
            where it is thrown away.
    """

    def __init__(self, strategy=None, shard=None, spare=None):
        self.strategy = strategy
        self.replicas = _replicas(strategy)
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
        words = f"{keras.backend.backend()}, {', '.join(_found())}"
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
        if keras.backend.backend() == "jax":
            return jax_devices.any_process(flag)
        return tensorflow_devices.any_process(self.strategy, flag)


@contextlib.contextmanager
def open_devices(config, log=print):
    """The devices of a configuration, as a context.

    To be entered before anything else is asked of the backend. Several
    workers wait here for each other, where SIGINT ends one at once.

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
    if config.strategy == "none":
        yield Devices()
        return
    with contextlib.ExitStack() as stack:
        strategy, cluster = _found_devices(config.strategy, log, stack)
        shard = cluster and cluster.shard
        spare = stack.enter_context(_spare_folder(shard))
        devices = Devices(strategy, shard, spare)
        check_batch_size(config.batch_size, devices.replicas)
        if shard:
            stack.enter_context(cluster.watched())
        yield devices


@contextlib.contextmanager
def _spare_folder(shard):
    """A folder for what is thrown away, where something is."""
    if not shard or shard[0] == 0:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pix2pixhd-worker-") as spare:
        yield pathlib.Path(spare)


def _found():
    """The names of the devices."""
    if keras.backend.backend() == "torch":  # Keras lists none
        return [str(keras.ops.zeros(()).device)]
    return keras.distribution.list_devices()


def _replicas(strategy):
    if strategy is None:
        return 1
    if isinstance(strategy, keras.distribution.DataParallel):
        return strategy.num_model_replicas
    return strategy.num_replicas_in_sync


def _found_devices(name, log, stack):
    """The strategy, and the cluster if there is one."""
    backend, cluster = keras.backend.backend(), None
    several = name == "multi_worker"
    if backend == "tensorflow":
        if not several:
            return tensorflow_devices.mirrored(), None
        cluster = cluster_of_environment()
        return tensorflow_devices.meet(cluster, log), cluster
    if backend != "jax":
        raise ValueError(
            "The backend must be TensorFlow or JAX to train on several "
            "devices: Keras has no distribution for others. Received: "
            f"strategy={name} on {backend}. Set KERAS_BACKEND, or "
            "strategy=none."
        )
    if several:
        cluster = jax_devices.meet(jax_cluster(), log)
        if cluster.shard:
            stack.enter_context(jax_devices.ending_alone())
    strategy = jax_devices.distribution()
    # for all that is made and trained from here on
    stack.enter_context(strategy.scope())
    return strategy, cluster
