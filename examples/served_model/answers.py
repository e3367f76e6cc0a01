"""What may come of a question to a server, and when to repeat it."""

import random
import time

FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0  # seconds between tries
LATE = "no answer before the deadline"


class RefusedError(Exception):
    """A mistake of who asks: nothing gets better by asking again."""


class FailedError(Exception):
    """The server failed, or was late."""


class BusyError(FailedError):
    """The server cannot answer now; asking again may help."""


def ask(call, timeout, retries=3, sleep=time.sleep, clock=time.monotonic):
    """Returns `call(seconds_left)`, tried again while the server is busy.

    Args:
        call: function that raises `BusyError` where it is worth a repetition.
        timeout: seconds for everything, tries and waits.
        retries: int, how many times to try again. The waits double, and are
            random, so that many clients do not come back all at once.
        sleep, clock: those of `time`.
    """
    end = clock() + timeout
    for tries in range(1, retries + 2):
        try:
            return call(max(end - clock(), 0.001))
        except BusyError as busy:
            if tries > retries:
                raise FailedError(f"{busy} ({tries} tries)") from busy
            longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (tries - 1))
            wait = random.uniform(0, longest)
            if clock() + wait >= end:
                words = f"no answer in {timeout:g} s, {tries} tries; the last"
                raise FailedError(f"{words}: {busy}") from busy
            sleep(wait)


def one_line(words, longest=400):
    """Returns a message without line breaks and names of graph nodes."""
    line = " ".join(str(words).split("[[{{")[0].split())
    return line if len(line) <= longest else line[:longest] + " ..."
