"""How time and memory grow, with the exponents, as tables and pictures.

    python benchmarks/growth.py --output benchmarks

Training steps and generation of ours against pixels, batch, filters and
scales of the discriminator; the other numbers stay as given. Every point is a
fresh process: the median of `--pairs` turns, and the most memory beyond what
its imports took. By default at 128x128 with 32 filters and without VGG19,
which is reduced so that all of it takes ten minutes on two cores, and so that
VGG19, which does not grow with filters, does not hide what does. Writes
growth_train.png and growth_generate.png. Needs matplotlib: the extra
`benchmarks`.
"""

import importlib.util
import os
import pathlib
import statistics

from harness.compare import run, say
from harness.growth_chart import write_chart
from harness.machine import machine_facts
from harness.memory import GIB
from harness.operations import GIGA, total
from harness.options import parser, sides_of, work_of
from harness.power_law import fitted
from harness.report import table
from harness.sweeps import AXES, sweep

TITLES = {"train": "Training step", "generate": "Generation"}


def measure(options):
    """Prints a table and draws a picture for every task."""
    if options.reference or len(options.backend) > 1:
        raise ValueError(
            "growth.py measures ours alone, on one backend. Received: "
            "--reference, or several of --backend."
        )
    if options.batch_size == "largest":
        raise ValueError(
            "--batch-size must be a number here. Received: largest"
        )
    (side,) = sides_of(options)
    _check_output(options.output)
    say(*machine_facts())
    for task in options.tasks:
        base = work_of(options, task)
        say("", f"around: {base}")
        axes = [axis for axis in options.axes if _grows(task, axis)]
        known, facts = {}, ""
        sweeps = {}
        for axis in axes:
            sweeps[axis] = []
            for x, work in sweep(base, axis).items():
                if work not in known:
                    known[work] = point(side, work, options)
                facts, numbers = known[work]
                sweeps[axis].append({"x": x, "work": work, **numbers})
            say("", *lines(axis, sweeps[axis]))
        say("", facts)
        path = pathlib.Path(options.output) / f"growth_{task}.png"
        title = f"{TITLES[task]}: {facts}"
        write_chart(path, title, _subtitle(base), sweeps)
        say(f"written: {path}")


def _check_output(output):
    """Before minutes of measuring: can the pictures be drawn and written?"""
    if importlib.util.find_spec("matplotlib") is None:
        raise ValueError(
            "growth.py draws with matplotlib, which must be installed. "
            'Received: none. pip install -e ".[benchmarks]".'
        )
    if not (os.path.isdir(output) and os.access(output, os.W_OK)):
        raise ValueError(
            "--output must be a folder that can be written to. "
            f"Received: {output}"
        )


def _subtitle(base):
    reduced = "reduced widths, " if base.filters < 64 else ""
    return f"{reduced}around: {base}"


def _grows(task, axis):
    return task == "train" or axis != "scales"


def point(side, work, options):
    """Facts of the backend, and seconds and GiB of one work."""
    with side.opener(work)() as process:
        for _ in range(1 + options.warm_up):
            process.run(1)
        seconds = [process.run(options.steps) for _ in range(options.pairs)]
        begun = 0 if process.on_device else process.imported
        return process.facts, {
            "seconds": statistics.median(seconds),
            "memory": (process.memory - begun) / GIB,
        }


def lines(axis, points):
    """A table of the points, and the exponents of their growth."""
    x = [one["x"] for one in points]
    counted = [total(one["work"]) / GIGA for one in points]
    columns = {
        "seconds": [one["seconds"] for one in points],
        "GiB beyond the imports": [one["memory"] for one in points],
        "GFLOP": counted,
    }
    rows = [[AXES[axis], *columns]]
    for i, number in enumerate(x):
        values = [f"{column[i]:.3g}" for column in columns.values()]
        rows.append([f"{number:,}", *values])
    laws = {
        "exponent": [fitted(x, y) for y in columns.values()],
        "at the end": [fitted(x[-2:], y[-2:]) for y in columns.values()],
    }
    for name, found in laws.items():
        rows.append([name, *(f"{law.exponent:.2f}" for law in found)])
    return table(rows)


def flags():
    """The common flags, with what is small enough for ten minutes."""
    made = parser(__doc__)
    made.set_defaults(image_size=(128, 128), filters=32, no_perceptual=True)
    made.add_argument("--output", default=str(pathlib.Path(__file__).parent))
    made.add_argument("--axes", nargs="+", choices=AXES, default=[*AXES])
    made.add_argument("--tasks", nargs="+", choices=TITLES, default=[*TITLES])
    made.add_argument(
        "--perceptual",
        dest="no_perceptual",
        action="store_false",
        help="with VGG19",
    )
    return made


if __name__ == "__main__":
    run(flags(), measure)
