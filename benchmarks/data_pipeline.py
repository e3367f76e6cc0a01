"""Images a second of `to_dataset` against a two-process Pillow loader.

Both read the same files, resize (bicubic, nearest), look classes up, flip half
of the pairs and hand out float32 images in [-1, 1] and uint8 class indices.
They run in turns, each in a process of its own, which also measures its peak
memory. Without --data, drawn cars are written and read.
"""

import argparse
import json
import multiprocessing
import multiprocessing.shared_memory
import os
import pathlib
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import numpy as np

from keras_pix2pixhd import read_pairs, write_toy_cars

WAYS = {
    "pillow, 2 processes": {},
    "ours": {"cache": None},
    "ours, uint8": {"cache": None, "image_dtype": "uint8"},
    "ours, cached in memory": {"cache": "memory"},
    "ours, cached, uint8": {"cache": "memory", "image_dtype": "uint8"},
    "ours, cached in a folder": {"cache": "folder"},
}
PILLOW = next(iter(WAYS))


def open_pairs(options):
    """The pairs, as often again as is needed for `--pairs`."""
    pairs = read_pairs(options.data, options.layout)
    return pairs.subset(options.pairs)


def pillow_epochs(options, pairs):
    """Yields seconds of epochs of a loader of two Pillow processes."""
    height, width = options.image_size
    sizes = 4 * height * width * 3, height * width
    slots = [
        multiprocessing.shared_memory.SharedMemory(create=True, size=sum(sizes))
        for _ in range(8)
    ]
    jobs, done = multiprocessing.Queue(), multiprocessing.Queue()
    arguments = (options, [s.name for s in slots], jobs, done)
    workers = [
        multiprocessing.Process(target=_work, args=arguments, daemon=True)
        for _ in range(2)
    ]
    for worker in workers:
        worker.start()
    try:
        while True:
            start = time.perf_counter()
            order = iter(np.random.default_rng(0).permutation(len(pairs)))
            for slot in range(len(slots)):
                jobs.put((slot, int(next(order))))
            for _ in range(len(pairs)):
                slot = done.get()
                batch = np.ndarray(
                    (1, height, width, 3), "float32", slots[slot].buf
                )
                assert batch[0, 0, 0, 0] <= 1
                index = next(order, None)
                if index is not None:
                    jobs.put((slot, int(index)))
            yield time.perf_counter() - start
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()
        for slot in slots:
            slot.close()
            slot.unlink()


def _work(options, slots, jobs, done):
    pairs = open_pairs(options)
    slots = [multiprocessing.shared_memory.SharedMemory(name=n) for n in slots]
    height, width = options.image_size
    generator = np.random.default_rng(os.getpid())
    while True:
        slot, index = jobs.get()
        arrays = pairs.read(index, options.image_size)
        if generator.random() < 0.5:
            arrays = {kind: array[:, ::-1] for kind, array in arrays.items()}
        image = np.ndarray((height, width, 3), "float32", slots[slot].buf)
        label = np.ndarray(
            (height, width), "uint8", slots[slot].buf, image.nbytes
        )
        np.divide(arrays["image"], np.float32(127.5), out=image)
        image -= 1
        label[:] = arrays["label"]
        done.put(slot)


def our_epochs(options, pairs, way):
    """Yields seconds of epochs of `to_dataset`."""
    settings = dict(WAYS[way])
    if settings["cache"] == "folder":
        settings["cache"] = options.cache
    dataset = pairs.to_dataset(
        options.image_size, shuffle=True, augment=True, seed=0, **settings
    )
    while True:
        start = time.perf_counter()
        count = sum(1 for _ in dataset)
        assert count == len(pairs)
        yield time.perf_counter() - start


def measure(options):
    """Prints images a second and peak memory of one way, as JSON."""
    pairs = open_pairs(options)
    if options.way == PILLOW:
        epochs = pillow_epochs(options, pairs)
    else:
        epochs = our_epochs(options, pairs, options.way)
    seconds = [next(epochs) for _ in range(options.epochs + 1)][1:]
    epochs.close()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    found = {
        "rate": len(pairs) * len(seconds) / sum(seconds),
        "memory": (own + 2 * children * (options.way == PILLOW)) / 2**20,
    }
    print(json.dumps(found))


def in_turns(arguments, repeats):
    """Runs every way `repeats` times in turns; returns results by way."""
    results = {way: [] for way in WAYS}
    for turn in range(repeats):
        for way in list(WAYS)[:: 1 if turn % 2 else -1]:
            command = [sys.executable, __file__, *arguments, "--way", way]
            run = subprocess.run(
                command, check=True, capture_output=True, text=True
            )
            results[way].append(json.loads(run.stdout.splitlines()[-1]))
    return results


def report(results):
    """Prints a line for each way: rate, ratio to Pillow, memory."""
    print(
        f"{'':<26}{'images/s':>9}{'ratio':>8}{'(least to most)':>18}{'GiB':>6}"
    )
    for way, runs in results.items():
        rates = [run["rate"] for run in runs]
        ratios = [
            rate / other["rate"]
            for rate, other in zip(rates, results[PILLOW], strict=True)
        ]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        memory = statistics.median(run["memory"] for run in runs)
        print(
            f"{way:<26}{statistics.median(rates):>9.1f}"
            f"{statistics.median(ratios):>8.2f}{spread:>18}{memory:>6.2f}"
        )


def stages(options):
    """Prints where the time of one pair goes, on one core."""
    import tensorflow as tf

    from keras_pix2pixhd.data.pipeline import batching, decoding
    from keras_pix2pixhd.data.pipeline.id_lookup import id_lookup
    from keras_pix2pixhd.data.pipeline.resize_tensors import Resizer

    pairs = open_pairs(options)
    files = pairs.files(0)
    data = {kind: files[kind].read_bytes() for kind in ("image", "label")}
    is_jpeg = data["image"][:2] == b"\xff\xd8"
    decode = decoding.image_decoders((0, 0, 0))["jpeg" if is_jpeg else "png"]
    arrays = pairs.read(0)
    image, label = (tf.constant(arrays[kind]) for kind in ("image", "label"))
    size = options.image_size
    resize = Resizer([label.shape], [size])
    lookup = id_lookup(pairs.class_table, 8)
    pixels = tf.constant(pairs.read(0, size)["image"])[None]
    steps = {
        "read both files": lambda: [files[k].read_bytes() for k in data],
        "decode the image": lambda: decode(data["image"]),
        "decode the label map": lambda: tf.io.decode_png(data["label"]),
        "resize the image": lambda: resize(image, size, blend=True),
        "resize the label map": lambda: resize(label, size, blend=False),
        "look classes up": lambda: lookup(label),
        "to float": lambda: batching.to_floats(pixels),
    }
    print("milliseconds of one pair, step by step:")
    for name, step in steps.items():
        step()
        start = time.perf_counter()
        for _ in range(10):
            step()
        print(f"  {name:<24}{(time.perf_counter() - start) * 100:7.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", help="data folder, as of train --data")
    parser.add_argument("--layout", help="its layout, if not recognised")
    parser.add_argument("--image-size", nargs=2, type=int, default=(576, 768))
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--cache", help="folder of the cache on disk")
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.image_size = tuple(options.image_size)
    if options.way:
        measure(options)
        return
    with tempfile.TemporaryDirectory() as folder:
        if options.data is None:
            options.data = pathlib.Path(folder) / "toys"
            write_toy_cars(options.data, 64, (320, 448))
        cache = options.cache or f"{folder}/cache"
        arguments = [f"--data={options.data}", f"--cache={cache}"]
        arguments += ["--image-size", *map(str, options.image_size)]
        arguments += [f"--pairs={options.pairs}", f"--epochs={options.epochs}"]
        if options.layout:
            arguments.append(f"--layout={options.layout}")
        pairs = open_pairs(options)
        print(
            f"machine: {os.cpu_count()} cores, {platform.machine()}, Python "
            f"{platform.python_version()}\nwork: {len(pairs)} pairs of "
            f"{pairs.size(0)} to {options.image_size}, {options.repeats} turns"
        )
        report(in_turns(arguments, options.repeats))
        stages(options)


if __name__ == "__main__":
    main()
