"""Sides in turns: A B, B A, A B, ..."""

import dataclasses
import statistics
import time


@dataclasses.dataclass
class Measured:
    """What was measured of one side.

    Args:
        seconds: one number for every turn.
        memory: bytes at most.
        held: bytes of main memory before the first step.
        on_device: whether `memory` is that of a GPU.
        idled: processor seconds that it used between its turns, at most.
        facts: str, of its backend.
        first: seconds of its very first step, which compiles.
    """

    seconds: list
    memory: int
    held: int
    on_device: bool
    idled: float
    facts: str
    first: float

    @property
    def median(self):
        return statistics.median(self.seconds)


def in_turns(openers, pairs, warm_up=1, count=1, pause=0.0, together=True):
    """Runs every side `pairs` times, alternating, after a warm-up.

    Args:
        openers: dict from name to a function that opens a side, a context
            with `run(count)` and the attributes of `SideProcess`.
        pairs: int. Turns of each side that count.
        warm_up: int, default 1. Turns of each side before them.
        count: int, default 1. Steps in one turn, of which the mean is taken.
        pause: float, default 0. Seconds between turns, in which the threads
            of the side before come to rest.
        together: bool, default True. Whether all sides stay open. Otherwise
            each turn opens its side anew, warms it up and closes it again:
            so each has the whole memory of a GPU.

    Returns:
        Dict from name to `Measured`.
    """
    turns = _together if together else _apart
    return turns(openers, pairs, warm_up, count, pause)


def _order(names, turn):
    names = list(names)
    return names if turn % 2 == 0 else names[::-1]


def _together(openers, pairs, warm_up, count, pause):
    opened, seconds, first = {}, {name: [] for name in openers}, {}
    try:
        for name, opener in openers.items():
            opened[name] = opener()
            first[name] = opened[name].run(1)
            for _ in range(warm_up):
                opened[name].run(count)
        for turn in range(pairs):
            for name in _order(openers, turn):
                time.sleep(pause)
                seconds[name].append(opened[name].run(count))
        return {
            name: _measured(side, seconds[name], first[name])
            for name, side in opened.items()
        }
    finally:
        for side in opened.values():
            side.close()


def _apart(openers, pairs, warm_up, count, pause):
    seconds = {name: [] for name in openers}
    found = {}
    for turn in range(pairs):
        for name in _order(openers, turn):
            side = openers[name]()
            try:
                first = side.run(1)
                for _ in range(warm_up):
                    side.run(count)
                time.sleep(pause)
                seconds[name].append(side.run(count))
                found[name] = _measured(side, seconds[name], first)
            finally:
                side.close()
    return found


def _measured(side, seconds, first):
    return Measured(
        seconds,
        side.memory,
        side.held,
        side.on_device,
        side.idled,
        side.facts,
        first,
    )


def ratios(ours, reference):
    """The ratio of every pair of turns.

    Args:
        ours, reference: lists of seconds, as long as each other.

    Example:

    >>> ratios([1.0, 3.0], [2.0, 2.0])
    [0.5, 1.5]
    """
    return [a / b for a, b in zip(ours, reference, strict=True)]
