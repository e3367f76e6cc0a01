"""Programs of a few lines stand for the workers: they start at once."""

import os
import pathlib
import time

import pytest

from keras_pix2pixhd.features import FeatureClusters
from keras_pix2pixhd.generation.options import Options
from keras_pix2pixhd.generation.workers import process
from keras_pix2pixhd.generation.workers.team import paint_together

# what each says, and how it is told; number is that of the worker
HEAD = """
import json, os, pathlib, signal, sys, time
given = json.loads(sys.stdin.readline())
number, _ = given["shard"]
pathlib.Path(given["target"], f"{number}.pid").write_text(str(os.getpid()))
def say(kind, **facts):
    print(json.dumps({"kind": kind, **facts}), flush=True)
def wait():
    sys.stdin.readline()
    if number == 0:
        say("begun")
"""
WELL = """
say("ready", labels=5, missing=3 - number)
wait()
for place in range(number, 5, 2):
    say("painted", path=f"{place}.png")
say("end", failed=[[4, "broken"]] if number == 0 else [])
"""


@pytest.fixture
def together(tmp_path, monkeypatch):
    (tmp_path / "labels").mkdir()
    for place in range(5):
        (tmp_path / "labels" / f"{place}.png").write_text("")
    seen = []

    def together(program, model="run", **options):
        monkeypatch.setattr(process, "_PROGRAM", HEAD + program)
        found = paint_together(
            model,
            tmp_path / "labels",
            tmp_path,
            Options(**options),
            (0, 1),
            2,
            lambda *arguments: seen.append(arguments),
        )
        return *found, seen

    return together


def assert_gone(tmp_path, count=2):
    pids = [int(path.read_text()) for path in tmp_path.glob("*.pid")]
    assert len(pids) == count
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_all_is_counted_on_one_line(together, tmp_path):
    labels, painted, failed, seen = together(WELL)
    assert len(labels) == painted == 5 and failed == {4: "broken"}
    assert [(done, total) for done, total, _ in seen] == [
        (done, 5) for done in range(1, 6)
    ]
    paths = {path for _, _, path in seen}
    assert paths == {pathlib.Path(f"{place}.png") for place in range(5)}
    assert_gone(tmp_path)


def test_a_worker_that_is_killed_is_named_and_the_others_are_stopped(
    together, tmp_path
):
    program = """
say("ready", labels=5, missing=3)
wait()
if number == 1:
    print("not enough memory", file=sys.stderr, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
time.sleep(600)
"""
    words = "worker 2 of 2 was ended by signal 9: not enough memory. What is"
    with pytest.raises(ValueError, match=words):
        together(program)
    assert_gone(tmp_path)


def test_a_mistake_is_said_before_anything_is_painted(together, tmp_path):
    program = """
if number == 1:
    while not pathlib.Path(given["target"], "0.pid").exists():
        time.sleep(0.01)
    say("mistake", text="seed must be large")
else:
    say("ready", labels=5, missing=3)
    if sys.stdin.readline():
        pathlib.Path(given["target"], "painted.png").write_text("")
"""
    with pytest.raises(ValueError, match="^seed must be large$"):
        together(program)
    assert_gone(tmp_path)
    assert not (tmp_path / "painted.png").exists()


def test_other_errors_are_no_mistakes(together):
    program = 'say("error", text="Traceback: KeyError")'
    with pytest.raises(RuntimeError, match="worker . of 2: Traceback: KeyE"):
        together(program)


def test_an_interruption_stops_the_workers(together, tmp_path, monkeypatch):
    def interrupted(*arguments):
        while len(list(tmp_path.glob("*.pid"))) < 2:  # until both have begun
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(
        "keras_pix2pixhd.generation.workers.team._follow", interrupted
    )
    with pytest.raises(KeyboardInterrupt):
        together('say("ready", labels=5, missing=3); wait(); time.sleep(600)')
    assert_gone(tmp_path)


def test_a_folder_that_changes_is_refused(together):
    words = "must not change.*Received: 5, then 6 label maps"
    with pytest.raises(ValueError, match=words):
        together('say("ready", labels=5 + number, missing=3); wait()')


def test_what_is_in_memory_cannot_be_shared(together):
    with pytest.raises(ValueError, match="a list in memory. Pass the path"):
        together(WELL, model=[])
    clusters = FeatureClusters([[[0.5]]], class_table=1)
    with pytest.raises(ValueError, match="FeatureClusters in memory. Pass"):
        together(WELL, features=clusters)
