"""The same work by all sides, in turns, and what came of it."""

import contextlib
import os
import sys
import tempfile

from .largest_batch import largest_common
from .machine import gpu, machine_facts
from .options import sides_of, work_of
from .report import note_lines, operation_lines, ratio_lines, side_lines
from .side_process import SideError
from .sides import peaks
from .turns import in_turns


def compare(options, task):
    """Prints facts, operations, times, memory and ratios.

    Args:
        options: what `options.parser` read.
        task: see `Work`.

    Raises:
        ValueError: if the flags contradict each other.
        SideError: if a side fails.
    """
    work, sides = work_of(options, task), sides_of(options)
    if options.batch_size == "largest":
        check_gpu(gpu())
    with kept_programs():
        _compare(options, work, sides)


def _compare(options, work, sides):
    apart = options.apart
    if options.batch_size == "largest":
        work = work.replace(batch_size=largest_common(sides, work))
        apart = True
    say(*machine_facts(), f"work: {work}")
    say("", *operation_lines(work, sides))
    rates = peaks(sides)
    found = in_turns(
        {side.name: side.opener(work) for side in sides},
        options.pairs,
        options.warm_up,
        options.steps,
        options.pause,
        together=not apart,
    )
    say(
        "",
        f"{options.pairs} turns of each, {options.steps} step"
        f"{'s' * (options.steps > 1)} a turn"
        f"{', each in a fresh process' * apart}:",
        *side_lines(work, sides, found, rates),
        "",
        *ratio_lines(sides, found),
        *note_lines(sides, found),
    )


@contextlib.contextmanager
def kept_programs():
    """Lets JAX' processes share what they compile, while this one lives."""
    name = "JAX_COMPILATION_CACHE_DIR"
    if name in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ[name] = folder
        try:
            yield
        finally:
            del os.environ[name]


def check_gpu(found):
    """Refuses a search for what fits into memory where there is no GPU.

    Raises:
        ValueError: if `found` is empty.
    """
    if not found:
        raise ValueError(
            "--batch-size largest must have a GPU: without one the system "
            "runs out of memory, not the side. Received: no GPU. Give a "
            "number."
        )


def say(*lines):
    print(*lines, sep="\n", flush=True)


def main(parser, task, arguments=None):
    """Reads the flags and compares; ends with 2 where they are wrong."""
    run(parser, lambda options: compare(options, task), arguments)


def run(parser, measure, arguments=None):
    """Reads the flags and measures; ends with 2 where they are wrong."""
    options = parser.parse_args(arguments)
    try:
        measure(options)
    except ValueError as error:
        parser.error(str(error))
    except SideError as error:
        sys.exit(f"A side failed. {error}")
