"""The processes that train together, as TF_CONFIG names them."""

import contextlib
import json
import os
import typing

_EXAMPLE = (
    '{"cluster": {"worker": ["host1:2222", "host2:2222"]}, '
    '"task": {"type": "worker", "index": 0}}'
)


class Cluster(typing.NamedTuple):
    """One process among others.

    Attributes:
        index: int, its number; the chief is 0.
        count: int, how many there are.
    """

    index: int
    count: int

    @property
    def shard(self):
        """`(index, count)`, or `None` if it is alone."""
        return tuple(self) if self.count > 1 else None

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
        config = json.loads(text)
        cluster, task = config["cluster"], config["task"]
        chiefs = len(cluster.get("chief", ()))
        workers = len(cluster["worker"])
        index = int(task["index"])
        if not 0 <= index < len(cluster[task["type"]]):
            raise ValueError(f"there is no task {index}")
        if task["type"] not in ("chief", "worker"):
            raise ValueError(f"a task of type {task['type']!r}")
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(
            "For strategy=multi_worker, TF_CONFIG must be JSON that names all "
            f"workers and this one, such as {_EXAMPLE}. Received: "
            f"TF_CONFIG={text!r} ({type(error).__name__}: {error})"
        ) from error
    first = chiefs if task["type"] == "worker" else 0
    return Cluster(first + index, chiefs + workers)


def _reason(message):
    """The line of an error that says what has happened."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = [line for line in lines if "aborted by" in line] or lines or [""]
    return said[0].split("aborted by: ")[-1].rstrip(":.")[:200]
