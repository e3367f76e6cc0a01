"""Pooling features over instances, against the reference's loop.

    KERAS_BACKEND=torch python benchmarks/instance_pooling.py INSTANCES.png \\
        --reference PATH

PATH is your own clone of NVIDIA/pix2pixHD; its `Encoder` is then timed without
its convolutions, in turns with ours, which wants the torch backend for both.
Without it, ours alone is timed on any backend. Needs torch for the reference
only.
"""

import argparse
import os
import pathlib
import platform
import statistics
import sys
import time
import types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

from keras_pix2pixhd.data import read_instance
from keras_pix2pixhd.layers import InstancePooling


def ours(ids, x, upstream):
    """Functions (forward, forward and backward) on the backend at hand."""
    layer, backend = InstancePooling(), keras.backend.backend()
    if backend == "torch":
        import torch

        ids, x, upstream = map(torch.tensor, (ids, x, upstream))
        return _torch_functions(lambda y: layer([y, ids]), x, upstream)
    if backend == "jax":
        import jax

        forward = jax.jit(lambda y: layer([y, ids]))
        both = jax.jit(jax.grad(lambda y: (layer([y, ids]) * upstream).sum()))
        return tuple(
            lambda f=f: jax.block_until_ready(f(x)) for f in (forward, both)
        )
    import tensorflow as tf

    @tf.function
    def gradient(y):
        with tf.GradientTape() as tape:
            tape.watch(y)
            total = tf.reduce_sum(layer([y, ids]) * upstream)
        return tape.gradient(total, y)

    x = tf.constant(x)
    forward = tf.function(lambda y: layer([y, ids]))
    return lambda: forward(x).numpy(), lambda: gradient(x).numpy()


def reference(path, ids, x, upstream):
    """The same functions of the reference's encoder."""
    import torch

    # networks.py imports it for VGG19, which is not used here
    sys.modules.setdefault("torchvision", types.ModuleType("torchvision"))
    sys.modules["torchvision"].models = None
    sys.path.insert(0, str(path))
    from models.networks import Encoder

    encoder = Encoder(3, 3, 4, 0)
    encoder.model = torch.nn.Identity()
    first = [torch.tensor(a).permute(0, 3, 1, 2) for a in (x, upstream)]
    ids = torch.tensor(ids)[:, None]
    return _torch_functions(lambda y: encoder(y, ids), *first)


def _torch_functions(pool, x, upstream):
    import torch

    def forward():
        with torch.no_grad():
            pool(x)

    def both():
        leaf = x.detach().requires_grad_()
        torch.autograd.grad((pool(leaf) * upstream).sum(), leaf)

    return forward, both


def seconds(function):
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("instances", type=pathlib.Path)
    parser.add_argument("--reference", type=pathlib.Path)
    parser.add_argument("--pairs", type=int, default=7)
    options = parser.parse_args()
    ids = read_instance(options.instances)[None]
    random = np.random.default_rng(0)
    x, upstream = random.random((2, *ids.shape, 3), "float32")
    sides = {"ours": ours(ids, x, upstream)}
    if options.reference:
        sides["reference"] = reference(options.reference, ids, x, upstream)
    print(
        f"machine: {os.cpu_count()} cores, {platform.machine()}, Keras "
        f"{keras.__version__} on {keras.backend.backend()}\n"
        f"work: {x.shape}, {len(np.unique(ids))} instances"
    )
    for place, what in enumerate(("forward", "forward and backward")):
        times = {name: [] for name in sides}
        for turn in range(options.pairs + 1):
            order = list(sides) if turn % 2 else list(sides)[::-1]
            for name in order:
                times[name].append(seconds(sides[name][place]))
        # the first ones compile
        times = {name: found[1:] for name, found in times.items()}
        for name, found in times.items():
            print(f"{what}, {name}: {1000 * statistics.median(found):.0f} ms")
        if options.reference:
            ratios = [a / b for a, b in zip(*times.values(), strict=True)]
            print(
                f"{what}, ours / reference: median "
                f"{statistics.median(ratios):.2f} of {len(ratios)} pairs "
                f"({min(ratios):.2f} to {max(ratios):.2f})"
            )


if __name__ == "__main__":
    main()
