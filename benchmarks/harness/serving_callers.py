"""Callers that share one loaded model, each with requests of its own."""

import concurrent.futures
import math
import threading
import time


def call_together(ask, callers, requests):
    """Answers requests of callers that come at the same time.

    Every caller is a thread, as a server has them, and asks again as soon as
    it is answered, until all requests together are done.

    Args:
        ask: function without arguments.
        callers: int.
        requests: int, a multiple of `callers`.

    Returns:
        Dict with `latencies`, the seconds of each request, and `seconds`,
        of all.
    """
    together = threading.Barrier(callers)

    def caller(number):
        seconds = []
        together.wait()
        for _ in range(requests // callers):
            start = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - start)
        return start + seconds[-1], seconds

    begun = time.perf_counter()
    with concurrent.futures.ThreadPoolExecutor(callers) as threads:
        done = list(threads.map(caller, range(callers)))
    return {
        "latencies": [one for _, seconds in done for one in seconds],
        "seconds": max(end for end, _ in done) - begun,
    }


def percentile(values, percent):
    """The least value that so many percent of them do not exceed.

    Example:

    >>> percentile([3, 1, 2, 4], 50), percentile([3, 1, 2, 4], 95)
    (2, 4)
    """
    place = math.ceil(percent / 100 * len(values))
    return sorted(values)[max(place, 1) - 1]
