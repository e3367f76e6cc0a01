"""Seconds from `python` to a first training step and to a first image.

    python benchmarks/cold_start.py --backend tensorflow jax torch

Every start is a fresh process; the medians of `--pairs` of each are printed,
stage by stage. `first` is the first step or image, with all that is traced and
compiled for it; `second` is the next one. The stage `keras_pix2pixhd` is the
import of the package and its models beyond Keras and the backend: its aim is
below one second. Files are read once before, so that the disk is not timed.
"""

import json
import os
import statistics
import subprocess
import sys
import time

from harness import ROOT
from harness.compare import run, say
from harness.machine import machine_facts
from harness.options import parser, sides_of, work_of
from harness.report import table
from harness.side_process import ENVIRONMENT
from harness.started import STAGES
from harness.work import TASKS


def start(side, work):
    """Starts the program once; returns the seconds of its stages."""
    description = {
        "backend": side.backend,
        "precision": side.precision,
        "jit_compile": side.jit_compile,
        "work": work.as_dict(),
    }
    paths = [str(ROOT / "benchmarks"), str(ROOT)]
    paths += filter(None, [os.environ.get("PYTHONPATH")])
    command = [sys.executable, "-m", "harness.started", json.dumps(description)]
    environment = {
        **os.environ,
        **ENVIRONMENT,
        "PYTHONPATH": os.pathsep.join(paths),
    }
    begun = time.monotonic()
    found = subprocess.run(
        command, capture_output=True, text=True, env=environment
    )
    if found.returncode:
        raise ValueError(
            f"--backend must be one that works here. Received: {side.backend}"
            f", which said: {found.stderr[-1000:]}"
        )
    clocks = [begun, *json.loads(found.stdout)]
    return [b - a for a, b in zip(clocks, clocks[1:], strict=False)]


def measure(options):
    """Prints a table for every task."""
    if options.reference or options.batch_size == "largest":
        raise ValueError(
            "cold_start.py measures ours alone, of a batch of a given size. "
            "Received: --reference, or --batch-size largest."
        )
    sides = sides_of(options)
    say(*machine_facts())
    for task in options.tasks:
        work = work_of(options, task)
        say("", f"work: {work}")
        found = {side: [] for side in sides}
        for turn in range(options.pairs + 1):
            for side in sides if turn % 2 else sides[::-1]:
                seconds = start(side, work)
                if turn:  # the one before reads the files
                    found[side].append(seconds)
        say(*lines(found))


def lines(found):
    """A table of the medians of all stages, and of their sum to the first."""
    rows = [["seconds", *STAGES[:-1], "to the first", "second"]]
    for side, turns in found.items():
        medians = [
            statistics.median(stage) for stage in zip(*turns, strict=True)
        ]
        # of the sum: not the sum of the medians
        whole = statistics.median(sum(turn[:-1]) for turn in turns)
        numbers = [*medians[:-1], whole, medians[-1]]
        rows.append([side.name, *(f"{number:.2f}" for number in numbers)])
    return table(rows)


if __name__ == "__main__":
    flags = parser(__doc__)
    flags.add_argument("--tasks", nargs="+", choices=TASKS, default=[*TASKS])
    run(flags, measure)
