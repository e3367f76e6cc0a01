"""examples/served_model: what is repeated, and until when."""

import contextlib
import http.server
import random
import socket
import threading

import pytest

pytest.importorskip("tensorflow_serving")

from served_model import (
    BusyError,
    FailedError,
    Grpc,
    RefusedError,
    Rest,
    ask,
)

from tests.serving.label_maps import label_png, labels, pixels_of
from tests.serving.rest_server import rest_server


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 0.0
        self.waits = []

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def file(rng):
    return label_png(labels(rng, 4, 6))


def painted(server, file, **arguments):
    clock = Clock()
    photo = ask(
        lambda left: server.paint({"label_png": file}, 30),
        30,
        sleep=clock.sleep,
        clock=clock,
        **arguments,
    )
    return pixels_of(photo), clock.waits


@pytest.mark.parametrize("fault", ["UNAVAILABLE", "RESOURCE_EXHAUSTED"])
def test_a_busy_server_is_asked_again(connect, served, file, fault):
    served.faults[:] = [fault, fault]
    before = served.questions
    photo, waits = painted(connect("painter"), file, retries=2)
    assert photo.shape == (4, 6, 3)
    assert served.questions - before == 3
    assert len(waits) == 2


def test_a_dropped_connection_is_asked_again(url, served, file):
    served.faults[:] = ["DROP", "DROP"]
    photo, waits = painted(Rest(url, "painter"), file)
    assert photo.shape == (4, 6, 3)
    assert len(waits) == 2


def test_a_server_that_stays_busy_is_given_up(connect, served, file):
    served.faults[:] = ["UNAVAILABLE"] * 9
    before = served.questions
    with pytest.raises(FailedError, match=r"on purpose \(3 tries\)"):
        painted(connect("painter"), file, retries=2)
    assert served.questions - before == 3


@pytest.mark.parametrize(
    "fault, kind",
    [
        ("INVALID_ARGUMENT", RefusedError),
        ("NOT_FOUND", RefusedError),
        ("FAILED_PRECONDITION", RefusedError),
        ("INTERNAL", FailedError),
        ("DEADLINE_EXCEEDED", FailedError),
        ("UNIMPLEMENTED", FailedError),
    ],
)
def test_everything_else_is_asked_once(connect, served, file, fault, kind):
    served.faults[:] = [fault]
    before = served.questions
    with pytest.raises(kind):
        painted(connect("painter"), file)
    assert served.questions - before == 1


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as place:
        return place.getsockname()[1]


def test_a_server_that_starts_is_waited_for(served, file):
    port, clock = free_port(), Clock()
    with contextlib.ExitStack() as stack:

        def sleep(seconds):
            clock.sleep(seconds)
            if len(clock.waits) == 2:
                stack.enter_context(rest_server(served, port))

        server = Rest(f"http://127.0.0.1:{port}", "painter")
        photo = ask(
            lambda left: server.paint({"label_png": file}, left),
            30,
            sleep=sleep,
            clock=clock,
        )
    assert pixels_of(photo).shape == (4, 6, 3)
    assert len(clock.waits) == 2


@pytest.mark.parametrize("api", ["rest", "grpc"])
def test_a_place_without_a_server_is_busy(api, file):
    address = f"127.0.0.1:{free_port()}"
    rest = api == "rest"
    kind, words = (Rest, "http://") if rest else (Grpc, "")
    server = kind(words + address, "painter")
    with pytest.raises(BusyError, match="(?i)refused|failed to connect"):
        server.paint({"label_png": file}, 30)


def busy(_):
    raise BusyError("full")


def test_waits_double_and_are_random(monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    clock = Clock()
    with pytest.raises(FailedError, match=r"full \(9 tries\)"):
        ask(busy, 1000, retries=8, sleep=clock.sleep, clock=clock)
    expected = [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5]
    assert clock.waits == pytest.approx(expected)
    monkeypatch.undo()
    waits = []
    for _ in range(20):
        clock = Clock()
        with pytest.raises(FailedError):
            ask(busy, 1000, retries=1, sleep=clock.sleep, clock=clock)
        waits += clock.waits
    assert len(set(waits)) > 10 and 0 <= min(waits) <= max(waits) <= 0.1


def test_no_wait_goes_past_the_deadline(monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    clock = Clock()
    words = "no answer in 0.5 s, 3 tries; the last: full"
    with pytest.raises(FailedError, match=words):
        ask(busy, 0.5, retries=99, sleep=clock.sleep, clock=clock)
    # the next would have been 0.4, until 0.7
    assert clock.waits == pytest.approx([0.1, 0.2])


def test_every_try_is_told_what_is_left(monkeypatch):
    monkeypatch.setattr(random, "uniform", lambda low, high: high)
    clock, left = Clock(), []

    def note(seconds):
        left.append(seconds)
        raise BusyError

    with pytest.raises(FailedError):
        ask(note, 10, retries=3, sleep=clock.sleep, clock=clock)
    assert left == pytest.approx([10, 9.9, 9.7, 9.3])


@pytest.mark.parametrize("kind, words", [(Rest, "http://"), (Grpc, "")])
def test_a_server_that_never_answers_is_late(file, kind, words):
    # connections are taken by the system, and nobody reads them
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"{words}127.0.0.1:{silent.getsockname()[1]}"
        server = kind(address, "painter")
        with pytest.raises(FailedError, match="before the deadline"):
            server.paint({"label_png": file}, 0.05)


@contextlib.contextmanager
def listening(handler):
    """A client of a server that answers like this."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.01,)).start()
    try:
        yield Rest(f"http://127.0.0.1:{server.server_port}", "painter")
    finally:
        server.shutdown()
        server.server_close()


def test_a_server_that_never_stops_answering_is_late(file):
    class Endless(http.server.BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802
            self.send_response(200)
            self.end_headers()
            with contextlib.suppress(OSError):
                while not late.wait(0.01):
                    self.wfile.write(b" ")

        def log_message(self, *_):
            pass

    late = threading.Event()
    with listening(Endless) as rest:
        try:
            with pytest.raises(FailedError, match="before the deadline"):
                rest.paint({"label_png": file}, 0.1)
        finally:
            late.set()


@pytest.mark.parametrize("body", [b"hello", b"{}", b'{"outputs": ["raw"]}'])
def test_another_server_than_tf_serving_is_told(file, body):
    class Other(http.server.BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_):
            pass

    with listening(Other) as rest:
        with pytest.raises(FailedError, match="the answer"):
            rest.paint({"label_png": file}, 30)
        with pytest.raises(FailedError, match="the answer"):
            rest.versions(30)
