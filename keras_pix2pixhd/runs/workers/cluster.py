"""The processes that train together, as TF_CONFIG names them."""

import contextlib
import json
import os
import typing

from keras_pix2pixhd.runs.workers.addresses import checked_addresses

_EXAMPLE = (
    '{"cluster": {"worker": ["host1:2222", "host2:2222"]}, '
    '"task": {"type": "worker", "index": 0}}'
)


class Cluster(typing.NamedTuple):
    """One process among others.

    Attributes:
        index: int, its number; the chief is 0.
        count: int, how many there are.
        addresses: tuple of str, `host:port` of each.
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
        return (
            f"waiting for {self.count} workers: {', '.join(self.addresses)}; "
            f"this is {self.addresses[self.index]}"
        )

    @contextlib.contextmanager
    def watched(self):
        """Says so if another process is gone.

        Raises:
            ValueError: in place of the error of the network.
        """
        import tensorflow as tf

        gone = (
            tf.errors.UnavailableError,
            tf.errors.AbortedError,
            tf.errors.CancelledError,
            tf.errors.DeadlineExceededError,
            tf.errors.InternalError,
        )
        try:
            yield
        except gone as error:
            said = ValueError(
                "All workers must train to the end together. Received: worker "
                f"{self.index} of {self.count} has lost another one "
                f"({_reason(error.message)}). Start all of them again."
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


def _reason(message):
    """The line of an error that says what has happened."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = [line for line in lines if "aborted by" in line] or lines or [""]
    return said[0].split("aborted by: ")[-1].rstrip(":.")[:200]
