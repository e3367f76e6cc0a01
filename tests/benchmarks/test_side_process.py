import json
import os
import subprocess
import sys

import pytest

from benchmarks.harness import ROOT, side
from benchmarks.harness.memory import process_peak
from benchmarks.harness.side_process import (
    OutOfMemoryError,
    SideError,
    SideProcess,
)


def test_an_error_of_a_side_is_told():
    with pytest.raises(SideError, match="No module named 'nowhere'"):
        SideProcess("peak", backend="nowhere", precision="float32")


def fake_process(monkeypatch, program):
    """Makes every side run a program instead."""
    start = subprocess.Popen

    def popen(command, **arguments):
        return start([sys.executable, "-c", program], **arguments)

    monkeypatch.setattr(subprocess, "Popen", popen)


READY = json.dumps(
    {"built": 1.5, "facts": "a device", "imported": 10, "held": 20}
)
ANSWER = json.dumps(
    {"found": 6.0, "idled": 0.25, "memory": 30, "on_device": True}
)


def test_the_answers_of_a_side_are_read(monkeypatch):
    program = (
        f"print({READY!r}, flush=True)\n"
        "line = input()\n"
        "assert line == '{\"count\": 3}', line\n"
        f"print({ANSWER!r}, flush=True)\n"
        "input()"
    )
    fake_process(monkeypatch, program)
    with SideProcess("ours") as process:
        assert (process.built, process.facts) == (1.5, "a device")
        assert (process.imported, process.held) == (10, 20)
        assert process.run(3) == 2.0
        assert (process.memory, process.on_device) == (30, True)
        assert process.idled == 0.25


def test_a_side_that_is_killed_for_its_memory_is_out_of_memory(monkeypatch):
    fake_process(monkeypatch, "import os; os.kill(os.getpid(), 9)")
    with pytest.raises(OutOfMemoryError, match="exit code -9"):
        SideProcess("ours")


def test_a_side_that_ends_says_its_last_words(monkeypatch):
    fake_process(monkeypatch, "raise SystemExit('the last words')")
    with pytest.raises(SideError, match="exit code 1.*\n.*the last words"):
        SideProcess("ours")


def test_out_of_memory_in_a_step_is_told_apart(monkeypatch):
    error = json.dumps({"error": "it is full", "out_of_memory": True})
    program = f"print({READY!r}); input(); print({error!r}, flush=True)"
    fake_process(monkeypatch, program)
    with SideProcess("ours") as process:
        with pytest.raises(OutOfMemoryError, match="it is full"):
            process.run(1)


@pytest.mark.parametrize(
    "words",
    [
        "RESOURCE_EXHAUSTED: Out of memory allocating 1 bytes",
        "CUDA out of memory. Tried to allocate",
        "OOM when allocating tensor",
    ],
)
def test_the_words_of_all_backends_for_it_are_known(words):
    assert any(known in words for known in side.OUT_OF_MEMORY)


def test_the_peak_of_a_process_is_its_own():
    # a child of a process of tens of MiB begins with less than half of it
    block = bytearray(200 * 2**20)
    program = (
        "from benchmarks.harness.memory import process_peak\n"
        "print(process_peak())"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert int(run.stdout) < len(block) < process_peak()
