"""Batches that threads read before they are asked for."""

import concurrent.futures


class ReadAhead:
    """Calls a function of a number for the next few numbers as well.

    Args:
        function: What is called, by threads; `function(index)`.
        workers: Int >= 1, number of threads, and of results that wait.
    """

    def __init__(self, function, workers):
        self._function, self._ahead = function, workers
        self._pool = concurrent.futures.ThreadPoolExecutor(workers)
        self._coming = {}

    def __call__(self, index):
        """Returns what the function returns for `index`, or raises it."""
        wanted = range(index, index + 1 + self._ahead)
        for left in self._coming.keys() - set(wanted):
            self._coming.pop(left).cancel()
        for number in wanted:
            if number not in self._coming:
                self._coming[number] = self._pool.submit(self._function, number)
        return self._coming.pop(index).result()
