"""Peak memory and time of a training step, with and without `rematerialize`.

    python benchmarks/rematerialisation.py --image-size 1024 1024

Each way trains in a fresh process, because a process keeps what it has once
asked for. On a machine with a GPU the memory is TensorFlow's on it, else all
that the process holds. What training adds to networks and optimizers is told
apart: that is what the activations need. Beside other work, the time of the
CPU says more than that of the clock.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ["KERAS_BACKEND"] = "tensorflow"

MIB = 2**20


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--image-size", type=int, nargs=2, default=(512, 512))
    parser.add_argument("--filters", type=int, default=32)
    parser.add_argument("--generator", choices=("global", "local"))
    parser.add_argument("--residual-blocks", type=int, default=9)
    parser.add_argument("--precision", default="float32", help="dtype policy")
    parser.add_argument("--batch-size", type=int, default=1)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--one", choices=("true", "false"), help="one way")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options)))
        return
    print(
        "| rematerialize | before MiB | peak MiB | added | s a step | CPU s |"
    )
    print("|---|---|---|---|---|---|", flush=True)
    found = [in_a_process(way) for way in ("false", "true")]
    added, seconds, busy = (
        found[1][name] / found[0][name] for name in ("added", "seconds", "busy")
    )
    losses = [way["loss"] for way in found]
    print(
        f"\nadded memory {added:.2f}, time {seconds:.2f}, CPU {busy:.2f} times"
    )
    print(f"last losses {losses[0]:.7g} and {losses[1]:.7g}")


def in_a_process(way):
    run = subprocess.run(
        [sys.executable, *sys.argv, "--one", way],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout.splitlines()[-1])
    print(
        f"| {way} | {found['before']:,.0f} | {found['peak']:,.0f} | "
        f"{found['added']:,.0f} | {found['seconds']:.2f} | "
        f"{found['busy']:.2f} |",
        flush=True,
    )
    return found


def measured(options):
    """Trains some steps in this process; returns a dict of numbers."""
    import numpy as np

    gan = compiled(options)
    height, width = options.image_size
    random = np.random.default_rng(0)
    shape = (options.batch_size, height, width)
    batch = {
        "label": random.integers(0, 2, shape, dtype="uint8"),
        "image": random.integers(0, 255, (*shape, 3), dtype="uint8"),
    }
    before = memory(peak=False)
    gan.train_on_batch(batch)  # traces the graph
    seconds, busy = [], []
    for _ in range(options.steps):
        start, start_busy = time.perf_counter(), time.process_time()
        logs = gan.train_on_batch(batch, return_dict=True)
        seconds.append(time.perf_counter() - start)
        busy.append(time.process_time() - start_busy)
    peak = memory(peak=True)
    return {
        "before": before,
        "peak": peak,
        "added": peak - before,
        "seconds": statistics.median(seconds),
        "busy": statistics.median(busy),
        "loss": float(logs["loss"]),
    }


def compiled(options):
    import keras

    from keras_pix2pixhd import (
        GlobalGenerator,
        LocalEnhancer,
        MultiscaleDiscriminator,
        Pix2PixHDGAN,
    )

    keras.utils.set_random_seed(0)
    blocks, policy = options.residual_blocks, options.precision
    shared = {"rematerialize": options.one == "true", "dtype": policy}
    if options.generator == "local":
        generator = LocalEnhancer(
            2,
            filters=options.filters,
            num_global_residual_blocks=blocks,
            **shared,
        )
    else:
        generator = GlobalGenerator(
            2,
            filters=options.filters,
            num_residual_blocks=blocks,
            **shared,
        )
    discriminator = MultiscaleDiscriminator(
        5, filters=options.filters, dtype=policy
    )
    gan = Pix2PixHDGAN(generator, discriminator, 2, dtype=policy)
    gan.compile(keras.optimizers.Adam(2e-4), keras.optimizers.Adam(2e-4))
    return gan


def memory(peak):
    """MiB of this process, or of TensorFlow on its first GPU."""
    import tensorflow as tf

    if tf.config.list_physical_devices("GPU"):
        found = tf.config.experimental.get_memory_info("GPU:0")
        return found["peak" if peak else "current"] / MIB
    if peak:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = int(file.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB


if __name__ == "__main__":
    main()
