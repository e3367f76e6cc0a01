"""Facts of the machine, for the head of every result."""

import os
import pathlib
import platform
import subprocess

from .memory import GIB

NOTABLE = ("avx2", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "bf16")


def machine_facts():
    """Returns the processor, its memory and the GPU, a fact a line."""
    cores = len(os.sched_getaffinity(0))
    model, flags = _processor()
    noted = ", ".join(flag for flag in NOTABLE if flag in flags)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return [
        f"machine: {cores} cores of {model} ({platform.machine()}"
        f"{', ' + noted if noted else ''}), {memory:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}",
        f"GPU: {gpu() or 'none'}",
    ]


def _processor():
    file = pathlib.Path("/proc/cpuinfo")
    facts = {}
    for line in file.read_text().splitlines() if file.exists() else ():
        name, _, value = line.partition(":")
        facts.setdefault(name.strip(), value.strip())
    model = facts.get("model name", platform.processor() or "unknown")
    return model, facts.get("flags", facts.get("Features", "")).split()


def gpu():
    """Name, memory and driver of the GPUs, or `None`."""
    fields = "name,memory.total,driver_version"
    command = ["nvidia-smi", f"--query-gpu={fields}", "--format=csv,noheader"]
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return "; ".join(run.stdout.split("\n")).strip("; ") or None


def backend_facts(backend):
    """What a side says of its backend: version, device, threads, TF32.

    Args:
        backend: `"tensorflow"`, `"jax"` or `"torch"`.
    """
    return _FACTS[backend]()


def _jax():
    import jax

    device = jax.devices()[0]
    precision = jax.config.jax_default_matmul_precision or "the default"
    return (
        f"jax {jax.__version__} on {device.device_kind}, "
        f"matmul precision {precision}"
    )


def _torch():
    import torch

    text = f"torch {torch.__version__} on "
    if not torch.cuda.is_available():
        return f"{text}cpu, {torch.get_num_threads()} threads"
    tf32 = torch.backends.cudnn.allow_tf32
    return (
        f"{text}{torch.cuda.get_device_name()}, cuDNN "
        f"{torch.backends.cudnn.version()}, TF32 convolutions "
        f"{'on' if tf32 else 'off'}"
    )


def _tensorflow():
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    tf32 = tf.config.experimental.tensor_float_32_execution_enabled()
    where = "cpu"
    if gpus:
        name = tf.config.experimental.get_device_details(gpus[0])
        where = f"{name.get('device_name', 'GPU')}, TF32 {tf32}"
    return f"tensorflow {tf.__version__} on {where}"


_FACTS = {"jax": _jax, "torch": _torch, "tensorflow": _tensorflow}
