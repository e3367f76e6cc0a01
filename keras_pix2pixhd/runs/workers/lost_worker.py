"""What errors say of a process that is gone."""

import re

import keras

# of the libraries that carry numbers from one process to another on JAX
_OF_JAX = re.compile(
    "Gloo|NCCL|RCCL|heartbeat|coordination service|CoordinationService"
)


def lost_worker(error):
    """Returns what an error says of another process that is gone.

    Args:
        error: exception.

    Returns:
        str, at most 200 characters, or `None` of any other error.
    """
    if keras.backend.backend() == "tensorflow":
        return _of_tensorflow(error)
    if not isinstance(error, (RuntimeError, ValueError)):
        return None
    found = _OF_JAX.search(str(error))
    return _line(str(error)) if found else None


def _of_tensorflow(error):
    import tensorflow as tf

    gone = (
        tf.errors.UnavailableError,
        tf.errors.AbortedError,
        tf.errors.CancelledError,
        tf.errors.DeadlineExceededError,
        tf.errors.InternalError,
    )
    return _line(error.message) if isinstance(error, gone) else None


def _line(message):
    """The line of an error that says what has happened."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    said = [line for line in lines if "aborted by" in line] or lines or [""]
    return said[0].split("aborted by: ")[-1].rstrip(":.")[:200]
