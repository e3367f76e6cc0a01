"""What training and generation hold, from the imports to a row of steps.

    python benchmarks/memory.py --backend jax torch --reference PATH

Every side does each task alone, in a fresh process, `--pairs` times; the
medians are printed, with what must be held whatever is computed: weights,
gradients and Adam's moments. On a CPU the numbers are those of the process,
libraries included, so install no backend beside the one that is measured:
Keras imports what it finds.
"""

import statistics

from harness.compare import run, say
from harness.machine import machine_facts
from harness.memory import GIB
from harness.operations import known_bytes
from harness.options import parser, sides_of, work_of
from harness.report import table
from harness.stages import Stages, stages
from harness.work import TASKS

STEPS = 3
FIELDS = ("imported", "built", "first", "steady")


def measure(options):
    """Prints a table for every task."""
    if options.batch_size == "largest":
        raise ValueError(
            "--batch-size must be a number here. Received: largest. "
            "train_step.py looks for it."
        )
    sides = sides_of(options)
    say(*machine_facts())
    for task in TASKS:
        work = work_of(options, task)
        say("", f"work: {work}")
        if task == "train":
            say(
                "must be held, GiB: "
                + ", ".join(
                    f"{name} {number / GIB:.2f}"
                    for name, number in known_bytes(work).items()
                )
            )
        found = {side: [] for side in sides}
        for turn in range(options.pairs):
            for side in sides if turn % 2 == 0 else sides[::-1]:
                found[side].append(stages(side.opener(work), STEPS))
        medians = {side: median(rows) for side, rows in found.items()}
        say(*lines(medians))


def median(rows):
    """The `Stages` of the medians of several."""
    return Stages(
        *(
            statistics.median(getattr(row, name) for row in rows)
            for name in FIELDS
        ),
        rows[0].on_device,
    )


def lines(found):
    """A table of GiB, and the ratios of the peaks."""
    rows = [["GiB", "imported", "built", "first step", f"{STEPS} more"]]
    for side, one in found.items():
        numbers = [f"{getattr(one, name) / GIB:.2f}" for name in FIELDS]
        rows.append([side.name, *numbers])
    text = table(rows)
    for ours, mine in found.items():
        for other, theirs in found.items():
            if other.is_reference and not ours.is_reference:
                text.append(
                    f"{ours.name} / {other.name}: "
                    f"{mine.steady / theirs.steady:.3f}"
                )
    if any(one.on_device for one in found.values()):
        text.append("The last two columns are the GPU's allocator's.")
    return text


if __name__ == "__main__":
    flags = parser(__doc__)
    flags.set_defaults(pairs=3)
    run(flags, measure)
