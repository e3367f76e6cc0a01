"""The processes that train together on JAX."""

import os

from keras_pix2pixhd.runs.workers.addresses import checked_addresses
from keras_pix2pixhd.runs.workers.cluster import (
    Cluster,
    cluster_of_environment,
)

# those that keras.distribution.initialize reads
ADDRESSES = "KERAS_DISTRIBUTION_JOB_ADDRESSES"
COUNT = "KERAS_DISTRIBUTION_NUM_PROCESSES"
INDEX = "KERAS_DISTRIBUTION_PROCESS_ID"
_EXAMPLE = f"{ADDRESSES}=host1:2222 {COUNT}=2 {INDEX}=0"


def jax_cluster():
    """Reads the variables of Keras, or TF_CONFIG where none of them is set.

    Returns:
        `Cluster`, or `None` if the environment has neither: JAX may still find
        what started the processes, such as Slurm.

    Raises:
        ValueError: if they name no such processes.
    """
    given = {n: os.environ[n] for n in (ADDRESSES, COUNT, INDEX) if _has(n)}
    if not given:
        return cluster_of_environment() if _has("TF_CONFIG") else None
    try:
        return _read(given)
    except (KeyError, ValueError) as error:
        words = " ".join(f"{name}={value}" for name, value in given.items())
        raise ValueError(
            "For strategy=multi_worker on JAX, the environment must name the "
            "address of the chief, or of all workers, how many there are, and "
            f"which this is, such as {_EXAMPLE}. Received: {words} "
            f"({type(error).__name__}: {error})"
        ) from error


def _has(name):
    return bool(os.environ.get(name))


def _read(given):
    count, index = int(given[COUNT]), int(given[INDEX])
    addresses = checked_addresses(given[ADDRESSES].split(","))
    if not 0 <= index < count:
        raise ValueError(f"there is no worker {index}")
    if len(addresses) not in (1, count):
        raise ValueError(f"{len(addresses)} addresses")
    return Cluster(index, count, addresses)
