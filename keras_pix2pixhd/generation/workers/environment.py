"""What a worker finds in its environment."""

import os
import pathlib

_ROOT = pathlib.Path(__file__).parents[3]
# of what computes with threads: torch and NumPy, TensorFlow, JAX
_THREADS = (
    "OMP_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "PJRT_NPROC",
)


def cores():
    """Returns how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def worker_environment(index, count):
    """Returns the environment of one of several workers.

    Each gets its part of the processor cores, and one of the GPUs that
    CUDA_VISIBLE_DEVICES names, if it does. GPU memory is taken as it is
    needed, because several may share one. What the user has set stays.

    Args:
        index: int, number of the worker.
        count: int, how many there are.

    Returns:
        dict.
    """
    found = dict(os.environ)
    share = str(threads_each(count))
    for name in _THREADS:
        found.setdefault(name, share)
    found.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    found.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")
    gpus = [x for x in found.get("CUDA_VISIBLE_DEVICES", "").split(",") if x]
    if len(gpus) > 1:
        found["CUDA_VISIBLE_DEVICES"] = gpus[index % len(gpus)]
    paths = [str(_ROOT), found.get("PYTHONPATH")]
    found["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return found


def threads_each(count):
    """Returns how many threads each of several workers computes with."""
    return max(1, cores() // count)
