import os
import signal

import pytest

from keras_pix2pixhd.runs.later_signals import later_signals
from keras_pix2pixhd.runs.stop_signal import StopSignal


@pytest.fixture
def interruptible():
    """A process in the background may have been told to ignore SIGINT."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize(
    "number, end",
    [(signal.SIGTERM, SystemExit), (signal.SIGINT, KeyboardInterrupt)],
)
def test_what_is_begun_is_done_before_a_signal_is_answered(
    number, end, interruptible
):
    before, done = signal.getsignal(number), []
    with pytest.raises(end), StopSignal():
        with later_signals():
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), number)
            done.append(1)
        done.append(2)
    assert done == [1]
    assert signal.getsignal(number) is before


def test_without_a_signal_nothing_ends():
    before = signal.getsignal(signal.SIGINT)
    with later_signals():
        pass
    assert signal.getsignal(signal.SIGINT) is before


def test_a_run_that_is_being_ended_is_not_ended_again():
    """The second signal comes while the first one is acted on."""
    cleaned = []
    with pytest.raises(SystemExit) as end, StopSignal():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            cleaned.append(1)
    assert (end.value.code, cleaned) == (143, [1])
