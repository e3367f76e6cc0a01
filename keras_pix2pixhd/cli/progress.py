"""One line of a terminal that counts up."""

import contextlib
import shutil
import sys
import time

_EVERY = 0.1  # seconds between two drawings
_WIDTH = 24


@contextlib.contextmanager
def progress_line(what):
    """Yields what long jobs call to show how far they are.

    Args:
        what: Str, what is done, such as `"checked"`.

    Yields:
        Function of how many are done, how many there are and, maybe, the path
        of the last; `None` where standard error is no terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    line = _Line(what, sys.stderr, time.monotonic)
    try:
        yield line
    finally:
        line.end()


@contextlib.contextmanager
def progress_lines():
    """Yields what jobs of several parts call to begin a line for each.

    Yields:
        Function from what is done, as of `progress_line`, to the function
        that `progress_line` yields; `None` where standard error is no
        terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    with contextlib.ExitStack() as lines:

        def begin(what):
            lines.close()  # the one before
            return lines.enter_context(progress_line(what))

        yield begin


class _Line:
    def __init__(self, what, stream, clock):
        self._what, self._stream, self._clock = what, stream, clock
        self._start = clock()
        self._drawn = None

    def __call__(self, done, total, name=""):
        now = self._clock()
        early = self._drawn is not None and now - self._drawn < _EVERY
        if early and done < total:
            return
        self._drawn = now
        text = self._text(done, total, now - self._start)
        if name:
            printable = filter(str.isprintable, getattr(name, "name", name))
            text = f"{text}  {''.join(printable)}"
        width = shutil.get_terminal_size().columns - 1
        self._stream.write(f"\r{text[:width]}\033[K")
        self._stream.flush()

    def _text(self, done, total, seconds):
        filled = _WIDTH * done // max(total, 1)
        bar = "#" * filled + "." * (_WIDTH - filled)
        rate = done / seconds if seconds > 0 else 0
        left = _minutes((total - done) / rate) if rate else "-:--"
        return (
            f"{self._what} {done:,}/{total:,} [{bar}] {rate:.3g}/s, {left} left"
        )

    def end(self):
        """Leaves the line, so that what is printed next has its own."""
        if self._drawn is not None:
            self._stream.write("\n")
            self._stream.flush()


def _minutes(seconds):
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"
