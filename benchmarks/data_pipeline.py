"""Images a second of the package's batches, against other loaders.

    python benchmarks/data_pipeline.py --data ../shared/data/carvana

All read the same files, resize (bicubic, nearest), flip half of the pairs and
hand out float32 images in [-1, 1]; ours and a loader of two Pillow processes
look classes up as well. They run in turns, each in a process of its own,
which also measures its peak memory. Without --data, drawn cars are written
and read. `--backend tensorflow` reads with tf.data, `jax` and `torch` with
threads, without TensorFlow. `--pairs` is the number of pairs of files.

With `--reference PATH`, your own clone of NVIDIA/pix2pixHD, its loader of two
processes takes part, and ratios are to it. That needs a real torchvision.
"""

import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

from harness.compare import run, say
from harness.machine import machine_facts
from harness.memory import GIB, process_peak
from harness.options import BACKENDS, check_installed
from harness.our_loader import SETTINGS
from harness.reference import check_clone

PILLOW, REFERENCE = "pillow, 2 processes", "reference, 2 processes"


def ways(options):
    """The names of the loaders, the one that ratios are to first."""
    others = [REFERENCE] * bool(options.reference) + [PILLOW]
    return [*others, *SETTINGS[options.backend]]


def open_pairs(options):
    """The pairs, as often again as is needed for `--pairs`."""
    from keras_pix2pixhd import read_pairs

    return read_pairs(options.data, options.layout).subset(options.pairs)


def epochs_of(way, options, pairs, folder):
    """A generator of the seconds of epochs."""
    work = pairs, options.image_size, options.batch_size
    if way == PILLOW:
        from harness.pillow_loader import pillow_epochs

        return pillow_epochs(*work)
    if way == REFERENCE:
        from harness.reference_loader import reference_epochs

        return reference_epochs(options.reference, *work, folder)
    from harness.our_loader import our_epochs

    settings = SETTINGS[options.backend][way]
    return our_epochs(*work, settings, options.cache)


def measure_way(options):
    """Prints images a second and peak memory of one way, as JSON."""
    pairs = open_pairs(options)
    with tempfile.TemporaryDirectory() as folder:
        epochs = epochs_of(options.way, options, pairs, folder)
        seconds = [next(epochs) for _ in range(options.epochs + 1)][1:]
        epochs.close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    with_two = options.way in (PILLOW, REFERENCE)
    found = {
        "rate": len(pairs) * len(seconds) / sum(seconds),
        "memory": (process_peak() + 2 * children * with_two) / GIB,
    }
    print(json.dumps(found))


def in_turns(options, arguments):
    """Runs every way `--repeats` times in turns; returns results by way."""
    results = {way: [] for way in ways(options)}
    for turn in range(options.repeats):
        for way in list(results)[:: 1 if turn % 2 else -1]:
            command = [sys.executable, __file__, *arguments, "--way", way]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"{way} failed. {done.stderr[-2000:]}")
            results[way].append(json.loads(done.stdout.splitlines()[-1]))
    return results


def lines(results):
    """A line for each way: rate, ratio to the first one, memory."""
    found = [
        f"{'':<26}{'images/s':>9}{'ratio':>8}{'(least to most)':>18}{'GiB':>6}"
    ]
    first = next(iter(results.values()))
    for way, runs in results.items():
        rates = [run["rate"] for run in runs]
        ratios = [
            rate / other["rate"]
            for rate, other in zip(rates, first, strict=True)
        ]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        memory = statistics.median(run["memory"] for run in runs)
        found.append(
            f"{way:<26}{statistics.median(rates):>9.1f}"
            f"{statistics.median(ratios):>8.2f}{spread:>18}{memory:>6.2f}"
        )
    return found


def measure(options):
    """Prints the rates of all ways, and of tf.data the steps of a pair."""
    os.environ["KERAS_BACKEND"] = options.backend
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    options.image_size = tuple(options.image_size)
    _check(options)
    if options.way:
        measure_way(options)
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.data is None:
            from keras_pix2pixhd import write_toy_cars

            options.data = pathlib.Path(folder) / "toys"
            write_toy_cars(options.data, 64, (320, 448))
        options.cache = options.cache or f"{folder}/cache"
        pairs = open_pairs(options)
        _check_reference(options, pairs)
        say(
            *machine_facts(),
            f"work: {len(pairs)} pairs of {pairs.size(0)} to "
            f"{options.image_size}, batch {options.batch_size}, "
            f"{options.backend}, {options.repeats} turns",
            *lines(in_turns(options, _arguments(options))),
        )
        if options.backend == "tensorflow":
            from harness.data_stages import data_stages

            say("milliseconds of one pair, step by step:")
            for name, number in data_stages(pairs, options.image_size).items():
                say(f"  {name:<24}{number:7.2f}")


def _check(options):
    if options.precision != "float32":
        raise ValueError(
            "--precision must be float32 here: batches are float32 or uint8, "
            f"whatever networks compute in. Received: {options.precision}"
        )
    for name in ("batch_size", "pairs", "epochs", "repeats"):
        if getattr(options, name) < 1:
            raise ValueError(
                f"--{name.replace('_', '-')} must be at least 1. "
                f"Received: {getattr(options, name)}"
            )
    if min(options.image_size) < 1:
        raise ValueError(
            "--image-size must be two numbers of at least 1. Received: "
            f"{tuple(options.image_size)}"
        )
    check_installed([options.backend])
    if options.reference:
        check_clone(options.reference)


def _check_reference(options, pairs):
    if options.reference:
        from harness.reference_loader import check_size, check_torchvision

        check_torchvision()
        check_size(pairs.size(0), options.image_size)


def _arguments(options):
    """The flags of one way's own process."""
    names = ("data", "cache", "layout", "pairs", "epochs", "batch_size")
    names += ("backend", "reference")
    found = ["--image-size", *map(str, options.image_size)]
    for name in names:
        value = getattr(options, name)
        if value is not None:
            found.append(f"--{name.replace('_', '-')}={value}")
    return found


def flags():
    made = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = made.add_argument
    add("--backend", choices=BACKENDS, default="tensorflow")
    add("--precision", default="float32", help="of the batches: float32")
    add("--reference", metavar="PATH", help="clone of NVIDIA/pix2pixHD")
    add("--data", help="data folder, as of train --data")
    add("--layout", help="its layout, if not recognised")
    add("--image-size", nargs=2, type=int, default=(576, 768))
    add("--batch-size", type=int, default=1)
    add("--pairs", type=int, default=200, help="of files")
    add("--epochs", type=int, default=2)
    add("--repeats", type=int, default=5, help="turns of each way")
    add("--cache", help="folder of the cache on disk")
    add("--way", help=argparse.SUPPRESS)
    return made


if __name__ == "__main__":
    run(flags(), measure)
