import signal
import threading

import pytest

from keras_pix2pixhd.runs.workers.deadly_signals import deadly_signals

BOTH = signal.SIGINT, signal.SIGTERM


@pytest.fixture
def answers():
    """Sets answers of Python to both signals, for the time of a test."""
    before = {number: signal.getsignal(number) for number in BOTH}

    def answer(number, frame):
        raise AssertionError("no signal is sent")

    for number in BOTH:
        signal.signal(number, answer)
    yield
    for number, was in before.items():
        signal.signal(number, was)


def now():
    return [signal.getsignal(number) for number in BOTH]


def test_signals_are_deadly_only_within(answers):
    before = now()
    with pytest.raises(KeyError), deadly_signals():
        assert now() == [signal.SIG_DFL] * 2
        raise KeyError
    assert now() == before


def test_an_ignored_signal_stays_so(answers):
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with deadly_signals():
        assert now() == [signal.SIG_IGN, signal.SIG_DFL]
    assert now()[0] == signal.SIG_IGN


def test_another_thread_changes_nothing(answers):
    seen = []

    def look():
        with deadly_signals():
            seen.extend(now())

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == now()
