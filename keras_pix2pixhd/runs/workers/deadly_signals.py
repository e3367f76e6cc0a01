"""Signals that end a process where Python cannot answer them."""

import contextlib
import signal
import threading


@contextlib.contextmanager
def deadly_signals():
    """Lets SIGINT and SIGTERM end the process at once.

    For calls into libraries that wait, perhaps for hours, and keep Python
    from running: its answers to signals would have to wait as well. A shell
    sees the codes 130 and 143. Nothing is cleaned up, so nothing that has to
    be may be there yet. A signal that is ignored stays so. A library may
    answer one in its place, as TensorFlow SIGTERM, where workers wait.

    Other threads than the main one, which cannot set signals, change nothing.
    """
    before = {}
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGINT, signal.SIGTERM):
            if callable(signal.getsignal(number)):
                before[number] = signal.signal(number, signal.SIG_DFL)
    try:
        yield
    finally:
        for number, answer in before.items():
            signal.signal(number, answer)
