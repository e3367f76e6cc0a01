"""Work on many files at once, a bounded number of them in memory."""

import collections
import concurrent.futures
import itertools
import os

_AHEAD = 4  # results that may wait for an earlier one, per worker


def checked_workers(workers):
    """Returns a number of threads: `workers`, or one for each core."""
    if workers is None:
        return os.cpu_count() or 1
    return checked_count("workers", workers)


def checked_count(name, count):
    """Returns `count`, an int >= 1; `name` is that of the argument."""
    if isinstance(count, bool) or not isinstance(count, int) or count < 1:
        raise ValueError(
            f"`{name}` must be an int >= 1. Received: {name}={count!r}"
        )
    return count


def parallel_map(function, items, workers=None):
    """Yields `function(item)` of each item, in their order.

    Unlike `Executor.map` it does not run ahead of who takes the results, and
    when that one stops, what has not begun is dropped.

    Args:
        function: What the threads call.
        items: Iterable.
        workers: Int >= 1, number of threads. Defaults to `None`: the number
            of cores.
    """
    workers = checked_workers(workers)
    items = iter(items)
    pool = concurrent.futures.ThreadPoolExecutor(workers)
    try:
        waiting = collections.deque(
            pool.submit(function, item)
            for item in itertools.islice(items, workers * _AHEAD)
        )
        while waiting:
            yield waiting.popleft().result()
            for item in itertools.islice(items, 1):
                waiting.append(pool.submit(function, item))
    finally:
        pool.shutdown(cancel_futures=True)
