"""Results in words: tables for a terminal and for RESULTS.md."""

import statistics

from .memory import GIB
from .operations import GIGA, parts, total
from .turns import ratios


def operation_lines(work, sides):
    """The operations of one turn of the work, by parts."""
    kinds = {
        "reference" if side.is_reference else "ours": side.is_reference
        for side in sides
    }
    counted = {name: parts(work, kind) for name, kind in kinds.items()}
    rows = [["GFLOP", *counted]]
    for part in next(iter(counted.values())):
        rows.append(
            [part, *(f"{found[part] / GIGA:.4g}" for found in counted.values())]
        )
    sums = (sum(found.values()) for found in counted.values())
    rows.append(["all", *(f"{n / GIGA:.4g}" for n in sums)])
    return table(rows)


def side_lines(work, sides, found, peaks):
    """A row for every side: time, rate, share of the peak, memory."""
    rows = [
        [
            "",
            "seconds",
            "(least to most)",
            "first",
            "GFLOP/s",
            "peak GFLOP/s",
            "share",
            "GiB",
            "before",
        ]
    ]
    for side in sides:
        one = found[side.name]
        rate = total(work, side.is_reference) / one.median
        peak = peaks[side.backend, side.precision]
        rows.append(
            [
                side.name,
                f"{one.median:.4g}",
                f"{min(one.seconds):.4g} to {max(one.seconds):.4g}",
                f"{one.first:.3g}",
                f"{rate / GIGA:,.0f}",
                f"{peak / GIGA:,.0f}",
                f"{rate / peak:.0%}",
                f"{one.memory / GIB:.2f}",
                f"{one.held / GIB:.2f}",
            ]
        )
    return table(rows)


def ratio_lines(sides, found):
    """Time and memory of each of ours over each reference's."""
    lines = []
    for ours in (side for side in sides if not side.is_reference):
        for other in (side for side in sides if side.is_reference):
            mine, theirs = found[ours.name], found[other.name]
            times = ratios(mine.seconds, theirs.seconds)
            lines.append(
                f"{ours.name} / {other.name}: time "
                f"{statistics.median(times):.3f}, median of {len(times)} pairs "
                f"({min(times):.3f} to {max(times):.3f}); memory "
                f"{mine.memory / theirs.memory:.3f}"
            )
    return lines


def note_lines(sides, found):
    """What the columns mean here, and what could have disturbed."""
    on_device = any(one.on_device for one in found.values())
    where = "of the GPU's allocator" if on_device else "of the process"
    lines = [f"{side.name}: {found[side.name].facts}" for side in sides]
    lines.append(
        f"GiB: the most {where}; before: of the process, before its first "
        "step. first: seconds of the first step. peak: a large matrix product."
    )
    idled = max(one.idled for one in found.values())
    lines.append(
        f"Between its turns no side used more than {idled:.2f} s of processor "
        "time."
    )
    return lines


def table(rows):
    """Rows of Markdown, the columns aligned.

    Example:

    >>> table([["", "a"], ["one", "2"]])
    ['|     | a |', '|-----|---|', '| one | 2 |']
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| "
        + " | ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return [lines[0], rule, *lines[1:]]
