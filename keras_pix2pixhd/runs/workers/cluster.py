"""The processes that train together, as the environment names them."""

import contextlib
import json
import os
import typing

from keras_pix2pixhd.runs.workers.addresses import checked_addresses
from keras_pix2pixhd.runs.workers.lost_worker import lost_worker

_EXAMPLE = (
    '{"cluster": {"worker": ["host1:2222", "host2:2222"]}, '
    '"task": {"type": "worker", "index": 0}}'
)


class Cluster(typing.NamedTuple):
    """One process among others.

    Attributes:
        index: int, its number; the chief is 0.
        count: int, how many there are.
        addresses: tuple of str, `host:port` of each, or of the chief alone.
    """

    index: int
    count: int
    addresses: tuple = ()

    @property
    def shard(self):
        """`(index, count)`, or `None` if it is alone."""
        return (self.index, self.count) if self.count > 1 else None

    def waiting(self):
        """Returns in words whom this process is about to wait for."""
        this = f"worker {self.index}"
        if len(self.addresses) == self.count:
            this = self.addresses[self.index]
        return (
            f"waiting for {self.count} workers: {', '.join(self.addresses)}; "
            f"this is {this}"
        )

    @contextlib.contextmanager
    def watched(self):
        """Says so if another process is gone.

        Raises:
            ValueError: in place of the error of the network.
        """
        try:
            yield
        except Exception as error:
            reason = lost_worker(error)
            if reason is None:
                raise
            said = ValueError(
                "All workers must train to the end together. Received: worker "
                f"{self.index} of {self.count} has lost another one "
                f"({reason}). Start all of them again."
            )
            for note in getattr(error, "__notes__", ()):
                said.add_note(note)  # how to resume
            raise said from error


def cluster_of_environment():
    """Reads TF_CONFIG.

    Returns:
        `Cluster`.

    Raises:
        ValueError: if it is not set, or names no such cluster and task.
    """
    text = os.environ.get("TF_CONFIG", "")
    try:
        return _read(json.loads(text))
    except (
        *(ValueError, TypeError, KeyError, AttributeError),
        RecursionError,
    ) as error:
        raise ValueError(
            "For strategy=multi_worker, TF_CONFIG must be JSON that names all "
            f"workers and this one, such as {_EXAMPLE}. Received: "
            f"TF_CONFIG={text!r} ({type(error).__name__}: {error})"
        ) from error


def _read(config):
    cluster, task = config["cluster"], config["task"]
    kind, index = task["type"], task["index"]
    jobs = {"chief": cluster.get("chief", []), "worker": cluster["worker"]}
    for name, addresses in jobs.items():
        if not isinstance(addresses, list):
            raise ValueError(f"{name} must be a list of host:port")
    if kind not in jobs:
        raise ValueError(f"a task of type {kind!r}")
    if isinstance(index, bool) or not isinstance(index, (int, str)):
        raise ValueError(f"index must be an integer, not {index!r}")
    if len(jobs["chief"]) > 1:
        raise ValueError("there must be at most one chief")
    if not 0 <= int(index) < len(jobs[kind]):
        raise ValueError(f"there is no task {index}")
    addresses = checked_addresses(jobs["chief"] + jobs["worker"])
    first = len(jobs["chief"]) if kind == "worker" else 0
    return Cluster(first + int(index), len(addresses), addresses)
