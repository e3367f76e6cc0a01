"""The most operations a second that a backend does: a large matrix product.

What the convolutions of a side reach is given as a share of it.
"""

import time

SIDES = {"cpu": 2048, "gpu": 8192}
SECONDS = 2.0


class MatrixProduct:
    """Square matrices multiplied on the backend's own device.

    Args:
        backend: `"tensorflow"`, `"jax"` or `"torch"`.
        precision: `"float32"`, `"bfloat16"` or `"float16"`. On a GPU,
            `"float32"` is TF32, as cuDNN's convolutions are by default.
    """

    def __init__(self, backend, precision):
        self.backend = backend
        self._product, self.side = _MAKERS[backend](precision)

    def run(self, count):
        """Returns the best operations a second of some tries in two seconds.

        `count` is not used: it is there as sides have it.
        """
        chain = 10 if self.side == SIDES["gpu"] else 1
        self._product(1)
        best, begun = float("inf"), time.perf_counter()
        while time.perf_counter() - begun < SECONDS:
            start = time.perf_counter()
            self._product(chain)
            best = min(best, time.perf_counter() - start)
        return 2 * self.side**3 * chain / best


def _jax(precision):
    import jax

    gpu = jax.devices()[0].platform != "cpu"
    side = SIDES["gpu" if gpu else "cpu"]
    kind = jax.numpy.dtype(precision)
    a = jax.random.normal(jax.random.key(0), (side, side), kind)
    multiply = jax.jit(lambda x: x @ a)

    def product(count):
        for _ in range(count):
            result = multiply(a)
        result.block_until_ready()

    return product, side


def _torch(precision):
    import torch

    gpu = torch.cuda.is_available()
    torch.backends.cuda.matmul.allow_tf32 = True
    side = SIDES["gpu" if gpu else "cpu"]
    a = torch.randn(
        (side, side),
        dtype=getattr(torch, precision),
        device="cuda" if gpu else "cpu",
    )

    def product(count):
        for _ in range(count):
            result = a @ a
        result[0, 0].item()

    return product, side


def _tensorflow(precision):
    import tensorflow as tf

    gpu = tf.config.list_physical_devices("GPU")
    side = SIDES["gpu" if gpu else "cpu"]
    a = tf.cast(tf.random.normal((side, side)), precision)

    def product(count):
        for _ in range(count):
            result = a @ a
        result[0, 0].numpy()

    return product, side


_MAKERS = {"jax": _jax, "torch": _torch, "tensorflow": _tensorflow}
