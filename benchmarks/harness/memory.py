"""The most memory that a process has held."""

import pathlib
import resource

MIB = 2**20
GIB = 2**30


def process_peak():
    """Bytes of main memory, the most this process has held so far.

    `ru_maxrss` begins with what the parent held; Linux has this program's own
    in /proc.
    """
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def device_peak(backend):
    """Bytes of the GPU's memory, the most its allocator has given out.

    Args:
        backend: `"tensorflow"`, `"jax"` or `"torch"`, imported already.

    Returns:
        int, or `None` where the backend computes on the CPU.
    """
    if backend == "jax":
        import jax

        statistics = jax.devices()[0].memory_stats()
        if jax.devices()[0].platform == "cpu" or not statistics:
            return None
        return statistics["peak_bytes_in_use"]
    if backend == "torch":
        import torch

        if not torch.cuda.is_available():
            return None
        return torch.cuda.max_memory_allocated()
    import tensorflow as tf

    if not tf.config.list_physical_devices("GPU"):
        return None
    return tf.config.experimental.get_memory_info("GPU:0")["peak"]
