"""Batches that devices share through `keras.distribution`, on JAX."""

import contextlib
import copy

import keras

from keras_pix2pixhd.models.dividing import check_batch_size, indivisible
from keras_pix2pixhd.replicas import sharing_devices


@contextlib.contextmanager
def shared_batches(x, batch_size):
    """Says of batches that devices cannot share what must hold.

    Args:
        x: what `fit` takes. What is known of it is looked at before anything
            is trained.
        batch_size: int, that of arrays; `None`: all of them are one batch.

    Raises:
        ValueError: if a batch cannot be divided by the devices.
    """
    devices = sharing_devices()
    if devices == 1:
        yield
        return
    if _processes() == 1:
        check_batch_size(_first_size(x, batch_size), devices)
    try:
        yield
    except ValueError as error:
        if "Sharding" not in str(error) or "divi" not in str(error):
            raise
        raise ValueError(indivisible("another size", devices)) from error


@contextlib.contextmanager
def evaluated_batches(x, batch_size):
    """Lets batches of any size be evaluated.

    Where it is known that devices can share all of them they do. Else each
    device computes the whole of each batch; several processes must then all
    be given the same.

    Args:
        x: what `evaluate` takes.
        batch_size: int, that of arrays; `None`: all of them are one batch.
    """
    distribution = _distribution()
    if distribution is None or _all_shared(distribution, x, batch_size):
        yield
        return
    whole = copy.copy(distribution)
    whole.auto_shard_dataset = False
    whole.get_data_layout = lambda shape: keras.distribution.TensorLayout(
        [None] * len(shape), distribution.device_mesh
    )
    with whole.scope():
        yield


def own_rows(batch):
    """Returns the part of a batch that this process feeds to its devices.

    Args:
        batch: dict of arrays, the same in all processes.

    Raises:
        ValueError: if it cannot be divided by the devices.
    """
    count = _processes()
    if count == 1:
        return batch
    whole = len(batch["label"])
    check_batch_size(whole, sharing_devices())
    first = _distribution().data_shard_id * (whole // count)
    rows = slice(first, first + whole // count)
    return {name: values[rows] for name, values in batch.items()}


def check_devices(weights):
    """Refuses to compile a model for other devices than it was made on.

    Args:
        weights: list of variables of the model.

    Raises:
        ValueError: if the distribution is not that of the weights.
    """
    if keras.backend.backend() != "jax" or not weights:
        return
    made = len(weights[0].value.sharding.device_set)
    distribution = _distribution()
    now = distribution.device_mesh.devices.size if distribution else 1
    if made != now:
        raise ValueError(
            "A model must be compiled under the distribution that it was made "
            f"under. Received: a model on {made} of the devices, compiled for "
            f"{now}. Call keras.distribution.set_distribution before both."
        )


def _distribution():
    if keras.backend.backend() != "jax":
        return None
    return keras.distribution.distribution()


def _processes():
    distribution = _distribution()
    return distribution.num_processes if distribution else 1


def _first_size(x, batch_size):
    """How many samples the first batch has, `None` if it is not known."""
    if isinstance(x, dict):
        count = min(len(values) for values in x.values())
        return min(batch_size or count, count)
    if hasattr(x, "element_spec"):  # of tf.data
        return keras.tree.flatten(x.element_spec)[0].shape[0]
    return getattr(x, "batch_size", None)


def _all_shared(distribution, x, batch_size):
    """Whether it is known that devices can share all batches."""
    if distribution.num_processes > 1:  # Keras divides some, or says why not
        return distribution.auto_shard_dataset and hasattr(x, "element_spec")
    devices, size = sharing_devices(), _first_size(x, batch_size)
    if size is None or size % devices:
        return False
    if isinstance(x, dict):
        count = min(len(values) for values in x.values())
        return count % size % devices == 0
    return hasattr(x, "element_spec")
