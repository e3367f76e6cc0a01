"""What a server holds while it answers requests of changing sizes."""

import os
import pathlib

import numpy as np

STEP = 20


def resident():
    """Bytes of main memory that this process holds now."""
    pages = pathlib.Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def changing_shapes(requests, sizes=40, seed=0):
    """Shapes `(batch, height, width)` of requests, in random order.

    Args:
        requests: int.
        sizes: int, default 40. How many heights and widths there are, from
            8x8 to 96x96, in batches of 1 to 3.
        seed: int.
    """
    random = np.random.default_rng(seed)
    pairs = random.integers(8, 97, (sizes, 2))
    picked = pairs[random.integers(0, sizes, requests)]
    batches = random.integers(1, 4, requests)
    return [
        (int(batch), int(height), int(width))
        for batch, (height, width) in zip(batches, picked, strict=True)
    ]


def memory_curve(process, requests):
    """What a process holds after every 20 requests.

    Args:
        process: `ServedProcess`.
        requests: int, a multiple of 20.

    Returns:
        Dict of lists: `requests`, `held` (bytes) and `graphs`.
    """
    curve = {"requests": [], "held": [], "graphs": []}
    shapes = changing_shapes(requests)
    for done in range(0, requests, STEP):
        found = process.ask({"shapes": shapes[done : done + STEP]})
        curve["requests"].append(done + STEP)
        curve["held"].append(found["held"])
        curve["graphs"].append(found["graphs"])
    return curve


def growth_at_the_end(curve):
    """Bytes a request: the slope of a line through the last half.

    Example:

    >>> growth_at_the_end(
    ...     {"requests": [20, 40, 60, 80], "held": [0, 900, 1000, 1040]})
    2.0
    """
    half = len(curve["held"]) // 2
    x, y = curve["requests"][half:], curve["held"][half:]
    return float(round(np.polyfit(x, y, 1)[0], 6))
