"""Signals that wait until something is done."""

import contextlib
import signal
import threading


@contextlib.contextmanager
def later_signals():
    """Lets SIGINT and SIGTERM wait until the end of the context.

    For what must not be done by half, such as making a folder that will be
    removed, or removing it. One signal of each kind is answered then.

    Other threads than the main one, which cannot set signals, change nothing.
    """
    before, waiting = {}, []
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            if callable(signal.getsignal(number)):
                before[number] = signal.signal(
                    number, lambda number, frame: waiting.append(number)
                )
    try:
        yield
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)
        for number in dict.fromkeys(waiting):
            signal.raise_signal(number)
