"""How fast exported models answer, and what they hold meanwhile.

    python benchmarks/serving.py runs/0001-carvana-small --exports FOLDER

Label maps to photographs, NumPy to NumPy, in a process for each model:

1. One request at a time, in turns with the Keras model's `generate`, which is
   the same work as users of the package have it.
2. Callers that share one loaded model, each a thread: what half, 95 and 99 of
   100 requests took at most.
3. What is held after every 20 of `--memory-requests` of changing sizes, by a
   small network; serving_memory.png. Needs matplotlib: the extra `benchmarks`.

Without MODEL, a generator of 64 filters and 32 classes with random weights.
Exports are written into `--exports` where they are missing.
"""

import argparse
import importlib.util
import os
import pathlib
import statistics
import tempfile

from harness.compare import run, say
from harness.machine import machine_facts
from harness.memory import GIB, MIB
from harness.report import table
from harness.serving_callers import percentile
from harness.serving_chart import write_memory_chart
from harness.serving_exports import SMALL, ServedModel
from harness.serving_memory import STEP, growth_at_the_end, memory_curve
from harness.serving_process import ServedProcess
from harness.serving_side import KERAS
from harness.turns import ratios

FORMATS = (
    "saved-model saved-model:float16 saved-model:bfloat16 onnx onnx:float16 "
    "litert litert:float16 litert:int8 keras"
).split()
ARENAS = "MALLOC_ARENA_MAX"  # of glibc
PARTS = ("turns", "callers", "memory")


def measure(options):
    """Prints a table for each part."""
    check(options)
    say(*machine_facts())
    with tempfile.TemporaryDirectory() as own:
        folder = pathlib.Path(options.exports or own)
        if {"turns", "callers"} & set(options.parts):
            model = ServedModel(folder / "model", options.model)
            size = options.image_size or model.image_size or (256, 256)
            measure_speed(model, tuple(size), options)
        if "memory" in options.parts:
            small = ServedModel(folder / "small", generator=SMALL, classes=7)
            measure_memory(small, options)


def check(options):
    """Before minutes of measuring: can all of it be done?"""
    numbers = {
        "pairs": options.pairs,
        "steps": options.steps,
        "requests": options.requests,
        "memory-requests": options.memory_requests,
        "callers": min(options.callers),
        "image-size": min(options.image_size or [1]),
    }
    for name, number in numbers.items():
        if number < 1:
            raise ValueError(f"--{name} must be at least 1. Received: {number}")
    if options.memory_requests % (4 * STEP):
        raise ValueError(
            f"--memory-requests must be a multiple of {4 * STEP}. Received: "
            f"{options.memory_requests}"
        )
    if "memory" not in options.parts:
        return
    if importlib.util.find_spec("matplotlib") is None:
        raise ValueError(
            "serving.py draws with matplotlib, which must be installed. "
            'Received: none. pip install -e ".[benchmarks]", or leave memory '
            "out of --parts."
        )
    if not (os.path.isdir(options.output) and os.access(options.output, 2)):
        raise ValueError(
            "--output must be a folder that can be written to. "
            f"Received: {options.output}"
        )


def measure_speed(model, size, options):
    """The first two parts."""
    folders = {name: model.export(name) for name in options.formats}
    given = {"classes": model.classes, "image_size": size}
    say("", f"{size[0]}x{size[1]}, {model.classes} classes, batch 1", "")
    alone, together = [], []
    with ServedProcess(KERAS, model.path, **given) as base:
        first = base.run(1)
        together += callers_rows(KERAS, base, options)
        for name, folder in folders.items():
            kind = name.partition(":")[0]
            with ServedProcess(kind, folder, **given) as other:
                found = turns(base, other, options)
                alone.append([name, *found, f"{on_disk(folder) / MIB:.0f}"])
                together += callers_rows(name, other, options)
                alone[-1] += memory_cells(other)
        disk = f"{os.path.getsize(keras_file(model.path)) / MIB:.0f}"
        cells = ["", "", "", "", f"{base.built:.1f}", f"{first:.2f}", disk]
        alone.append([KERAS, *cells, *memory_cells(base)])
    heads = "seconds|Keras|/ Keras|(least to most)|loading|first|MiB on disk"
    if "turns" in options.parts:
        heads = ["", *heads.split("|"), "GiB loaded", "GiB at most"]
        say(*table([heads, *alone]), "")
    if "callers" in options.parts:
        heads = ["", "callers", "p50 ms", "p95 ms", "p99 ms", "a second"]
        heads.append("a second and core")
        say(*table([heads, *together]))


def turns(base, other, options):
    """Cells of one format, asked in turns with the Keras model."""
    first = other.run(1)
    seconds = {base: [], other: []}
    for side in seconds:
        side.run(2)
    for turn in range(options.pairs if "turns" in options.parts else 1):
        for side in (base, other) if turn % 2 else (other, base):
            seconds[side].append(side.run(options.steps))
    found = ratios(seconds[other], seconds[base])
    return [
        *(f"{statistics.median(seconds[side]):.4f}" for side in (other, base)),
        f"{statistics.median(found):.3f}",
        f"{min(found):.3f} to {max(found):.3f}",
        f"{other.built:.1f}",
        f"{first:.2f}",
    ]


def callers_rows(name, process, options):
    """A row for every number of callers."""
    if "callers" not in options.parts:
        return []
    cores, rows = len(os.sched_getaffinity(0)), []
    for callers in options.callers:
        requests = -(-options.requests // callers) * callers
        process.ask({"callers": callers, "requests": callers})
        found = process.ask({"callers": callers, "requests": requests})
        rate = requests / found["seconds"]
        cells = [
            f"{1000 * percentile(found['latencies'], percent):.0f}"
            for percent in (50, 95, 99)
        ]
        rates = [f"{rate:.2f}", f"{rate / cores:.2f}"]
        rows.append([name, str(callers), *cells, *rates])
    return rows


def memory_cells(process):
    return [f"{process.held / GIB:.2f}", f"{process.memory / GIB:.2f}"]


def keras_file(path):
    path = pathlib.Path(path)
    return path / "model.keras" if path.is_dir() else path


def on_disk(folder):
    files = pathlib.Path(folder).rglob("*")
    return sum(file.stat().st_size for file in files if file.is_file())


def measure_memory(small, options):
    """The third part, and its picture."""
    curves = {}
    heads = ["", "MiB after 20", "at half", "at the end", "at most"]
    rows = [[*heads, "KiB a request, last half", "functions"]]
    named = [(name, name, {}) for name in [KERAS, *options.formats]]
    named += [
        (f"{one}, {ARENAS}=2", one, {ARENAS: "2"}) for one in options.formats
    ]
    for name, one, environment in named:
        kind = one.partition(":")[0]
        folder = small.path if one == KERAS else small.export(one)
        given = (kind, folder, small.classes, (32, 32), environment)
        with ServedProcess(*given) as process:
            curve = memory_curve(process, options.memory_requests)
        curves[name] = curve
        held = [number / MIB for number in curve["held"]]
        middle = held[len(held) // 2 - 1]
        cells = [f"{n:.0f}" for n in (held[0], middle, held[-1], max(held))]
        counts = curve["graphs"][0], curve["graphs"][-1]
        slope = f"{growth_at_the_end(curve) / 1024:.2f}"
        rows.append([name, *cells, slope, "{} to {}".format(*counts)])
    say("", f"{options.memory_requests:,} requests of 120 shapes", "")
    say(*table(rows))
    path = pathlib.Path(options.output) / "serving_memory.png"
    title = "Memory of a server, requests of 120 shapes, 8x8 to 96x96"
    write_memory_chart(path, title, curves)
    say(f"written: {path}")


def flags():
    made = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    add = made.add_argument
    add("model", nargs="?", help="a run folder or a .keras file")
    add("--formats", nargs="+", choices=FORMATS, default=["saved-model"])
    add("--parts", nargs="+", choices=PARTS, default=[*PARTS])
    add("--image-size", nargs=2, type=int, metavar=("HEIGHT", "WIDTH"))
    add("--pairs", type=int, default=7, help="turns that count")
    add("--steps", type=int, default=3, help="requests in a turn")
    add("--callers", nargs="+", type=int, default=[1, 4, 16])
    add("--requests", type=int, default=112, help="of all callers together")
    add("--memory-requests", type=int, default=2000)
    add("--exports", help="a folder to keep exports in, for another run")
    add("--output", default=str(pathlib.Path(__file__).parent))
    return made


if __name__ == "__main__":
    run(flags(), measure)
