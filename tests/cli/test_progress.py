import io
import pathlib
import types

import pytest

from keras_pix2pixhd.cli import progress
from keras_pix2pixhd.cli.progress import progress_line


@pytest.fixture
def terminal(monkeypatch):
    """Makes a terminal of 70 columns, and a clock that is set by hand."""

    def make():
        # not before the test is called: pytest sets sys.stderr until then
        stream, now = io.StringIO(), [0.0]
        stream.isatty = lambda: True
        clock = types.SimpleNamespace(monotonic=lambda: now[0])
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setattr(progress, "time", clock)
        monkeypatch.setenv("COLUMNS", "70")
        return stream, now

    return make


def test_nothing_where_there_is_no_terminal(monkeypatch):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    with progress_line("read") as line:
        assert line is None
    assert stream.getvalue() == ""


def test_bar_rate_and_time_that_is_left(terminal):
    stream, now = terminal()
    with progress_line("read") as line:
        now[0] = 2.0
        line(50, 200)
    bar = "#" * 6 + "." * 18
    assert stream.getvalue() == (
        f"\rread 50/200 [{bar}] 25/s, 0:06 left\033[K\n"
    )


def test_it_is_drawn_ten_times_a_second_and_at_the_end(terminal):
    stream, now = terminal()
    with progress_line("read") as line:
        for done in range(1, 101):
            now[0] = done / 100
            line(done, 100)
    assert 9 <= stream.getvalue().count("\r") <= 12
    assert "100/100" in stream.getvalue()
    assert stream.getvalue().endswith("0:00 left\033[K\n")


def test_the_name_is_cut_to_the_terminal(terminal):
    stream, now = terminal()
    with progress_line("read") as line:
        now[0] = 1.0
        line(1, 2, pathlib.Path("folder/a\n" + "b" * 80))
    text = stream.getvalue().strip("\r\n").removesuffix("\033[K")
    assert len(text) == 69 and text.endswith("  a" + "b" * 16)


def test_the_line_is_ended_when_it_fails(terminal):
    stream, _ = terminal()
    with pytest.raises(ValueError, match="so"), progress_line("x") as line:
        line(1, 2)
        raise ValueError("so")
    assert stream.getvalue().endswith("\n")


def test_a_line_that_was_never_drawn_leaves_none(terminal):
    stream, _ = terminal()
    with progress_line("read"):
        pass
    assert stream.getvalue() == ""


@pytest.mark.parametrize(
    "seconds, text", [(5.4, "0:05"), (65, "1:05"), (3725, "1:02:05")]
)
def test_times(seconds, text):
    assert progress._minutes(seconds) == text
