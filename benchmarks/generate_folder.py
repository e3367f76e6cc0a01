"""Label maps a second of `pix2pixhd generate`, and what memory it holds.

    python benchmarks/generate_folder.py

Toy label maps of 64x96 are painted by a small generator with random weights
(or `--model RUN`), in a process of its own for each turn; ways are tried in
turns, ratios are to the first, of one process and batch 1. What loads and
compiles before photograph `--warm-up` does not count.

Memory is what one process holds after 100 photographs and after `--many`.
Then a folder of `--listed` empty files is listed and looked through, as at
the start of a work that nothing, or all of it, is done of.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from harness import ROOT
from harness.machine import machine_facts
from harness.memory import MIB

WAYS = {
    "1 worker, batch 1": {},
    "1 worker, batch 4": {"batch_size": 4},
    "1 worker, batch 16": {"batch_size": 16},
    "2 workers, batch 1": {"workers": 2},
    "2 workers, batch 4": {"workers": 2, "batch_size": 4},
}


def resident():
    """Bytes of main memory that this process holds."""
    pages = pathlib.Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def measured(given):
    """Paints a folder; returns label maps a second, and memory held."""
    from keras_pix2pixhd.generation import generate_folder

    clocks, held = [], {}

    def progress(done, total, path):
        clocks.append(time.monotonic())
        if done in (100, total):
            held[done] = resident()

    warm_up = given.pop("warm_up")
    generate_folder(**given, progress=progress)
    rate = (len(clocks) - warm_up) / (clocks[-1] - clocks[warm_up - 1])
    return {"rate": rate, "held": list(held.values())}


def listed(given):
    """Lists and looks through a folder; returns seconds and bytes."""
    from keras_pix2pixhd.generation.files import find_label_maps
    from keras_pix2pixhd.generation.job import Job
    from keras_pix2pixhd.generation.targets import checked_targets

    source, target = given["source"], given["target"]
    before, clocks = resident(), [time.monotonic()]
    inputs = {"label": find_label_maps(source)}
    clocks.append(time.monotonic())
    job = Job(None, inputs, checked_targets(source, target, inputs), since=0)
    missing = sum(len(job.missing(n)) for n in range(len(inputs["label"])))
    clocks.append(time.monotonic())
    seconds = [b - a for a, b in zip(clocks, clocks[1:], strict=False)]
    return {"missing": missing, "seconds": seconds, "held": resident() - before}


def apart(task, **given):
    """Runs one of these in a process of its own."""
    command = [sys.executable, __file__, "--task", task, json.dumps(given)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{task} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def write_inputs(folder, options):
    """Writes a model, and two folders of label maps."""
    import keras

    from keras_pix2pixhd import write_toy_cars
    from keras_pix2pixhd.models import (
        GlobalGenerator,
        MultiscaleDiscriminator,
        Pix2PixHDGAN,
    )

    keras.utils.set_random_seed(0)
    toys = write_toy_cars(folder / "toys", 100)
    files = sorted((toys / "labels").glob("*.png"))
    for name, count in (("some", options.maps), ("many", options.many)):
        (folder / name).mkdir()
        for place in range(count):
            path = folder / name / f"{place:06}.png"
            path.symlink_to(files[place % len(files)])
    if options.model:
        return options.model
    Pix2PixHDGAN(
        GlobalGenerator(
            7, filters=16, num_downsamplings=3, num_residual_blocks=3
        ),
        MultiscaleDiscriminator(10, filters=4, num_layers=1),
        7,
    ).save(folder / "model.keras")
    return str(folder / "model.keras")


def compare_rates(folder, model, options):
    """Runs the ways in turns, and prints what came of them."""
    rates = {name: [] for name in WAYS}
    for turn in range(options.pairs):
        for name in list(WAYS) if turn % 2 == 0 else list(WAYS)[::-1]:
            found = apart(
                "measured",
                model=model,
                source=str(folder / "some"),
                target=str(folder / f"out-{turn}-{len(name)}-{name}"),
                warm_up=options.warm_up,
                **WAYS[name],
            )
            rates[name].append(found["rate"])
    first = next(iter(rates.values()))
    print("| way | maps a second | (least to most) | ratio |")
    print("|---|---|---|---|")
    for name, found in rates.items():
        ratio = statistics.median(
            a / b for a, b in zip(found, first, strict=True)
        )
        span = f"{min(found):.1f} to {max(found):.1f}"
        middle = statistics.median(found)
        print(f"| {name} | {middle:.1f} | {span} | {ratio:.2f} |", flush=True)


def tell_memory(folder, model, options):
    """Prints what is held after 100 photographs, and after all."""
    found = apart(
        "measured",
        model=model,
        source=str(folder / "many"),
        target=str(folder / "out-many"),
        warm_up=options.warm_up,
    )
    few, many = (number / MIB for number in found["held"])
    print(
        f"\nmemory held after 100 photographs: {few:.0f} MiB; after "
        f"{options.many:,}: {many:.0f} MiB ({many / few:.3f})",
        flush=True,
    )


def tell_listing(folder, options):
    """Prints what it takes to list a large folder, and to look through it."""
    source, target = folder / "large", folder / "done"
    for path, done in ((source, False), (target, True)):
        path.mkdir()
        if done:
            time.sleep(0.1)  # these must be newer
        for place in range(options.listed):
            os.close(os.open(path / f"{place:07}_label.png", os.O_CREAT))
    for words, place in (("none", folder / "empty"), ("all", target)):
        found = apart("listed", source=str(source), target=str(place))
        listing, looking = found["seconds"]
        print(
            f"{options.listed:,} label maps, {words} done: listed in "
            f"{listing:.1f} s, looked through in {looking:.1f} s, "
            f"{found['missing']:,} missing, {found['held'] / MIB:.0f} MiB",
            flush=True,
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", help="a run folder or a .keras file")
    parser.add_argument("--maps", type=int, default=400)
    parser.add_argument("--many", type=int, default=2000)
    parser.add_argument("--listed", type=int, default=1_000_000)
    parser.add_argument("--warm-up", type=int, default=50)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--only", choices=("rates", "memory", "listing"))
    options = parser.parse_args()
    print("\n".join(machine_facts()), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        model = write_inputs(folder, options)
        if options.only in (None, "rates"):
            compare_rates(folder, model, options)
        if options.only in (None, "memory"):
            tell_memory(folder, model, options)
        if options.only in (None, "listing"):
            tell_listing(folder, options)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:2] == ["--task"]:
        task = {"measured": measured, "listed": listed}[sys.argv[2]]
        print(json.dumps(task(json.loads(sys.argv[3]))))
    else:
        main()
