"""The parts of `benchmarks/serving.py`, with models that paint nothing."""

import importlib
import json

import numpy as np
import pytest

from benchmarks.harness import ROOT, serving_side
from benchmarks.harness.serving_callers import call_together, percentile
from benchmarks.harness.serving_memory import (
    changing_shapes,
    growth_at_the_end,
    memory_curve,
    resident,
)


@pytest.fixture
def serving(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    return importlib.import_module("serving")


def test_callers_share_the_requests():
    asked = []
    found = call_together(lambda: asked.append(1), callers=4, requests=20)
    assert len(asked) == len(found["latencies"]) == 20
    assert found["seconds"] >= max(found["latencies"])


def test_callers_wait_beside_each_other():
    import threading

    # passes only if all four are inside at once
    meeting = threading.Barrier(4, timeout=10)
    call_together(meeting.wait, callers=4, requests=8)


def test_what_a_caller_meets_is_raised():
    with pytest.raises(ZeroDivisionError):
        call_together(lambda: 1 / 0, callers=2, requests=4)


@pytest.mark.parametrize(
    "percent, expected", [(50, 50), (95, 95), (99, 99), (100, 100), (0, 1)]
)
def test_percentiles_are_values_that_came(percent, expected):
    assert percentile(range(100, 0, -1), percent) == expected


def test_shapes_change_and_repeat():
    shapes = changing_shapes(2000)
    assert shapes == changing_shapes(2000)
    assert len(shapes) == 2000 and 80 < len(set(shapes)) <= 120
    assert {batch for batch, _, _ in shapes} == {1, 2, 3}
    sides = {side for _, *size in shapes for side in size}
    assert min(sides) >= 8 and max(sides) <= 96


class Leaking:
    """Holds 1,000 bytes more after every request."""

    answered = 0

    def ask(self, what):
        self.answered += len(what["shapes"])
        return {"held": 5000 + 1000 * self.answered, "graphs": 3}


def test_a_leak_is_told_in_bytes_a_request():
    curve = memory_curve(Leaking(), 80)
    assert curve == {
        "requests": [20, 40, 60, 80],
        "held": [25000, 45000, 65000, 85000],
        "graphs": [3, 3, 3, 3],
    }
    assert growth_at_the_end(curve) == pytest.approx(1000)


def test_what_is_allocated_is_resident():
    before = resident()
    kept = np.ones(2**24, "uint8")
    assert 2**23 < resident() - before < 2**27 and kept[-1]


def served(monkeypatch, painted):
    def paint(label):
        painted.append(label)

    monkeypatch.setattr(serving_side, "export", lambda kind, path: paint)
    answers = []
    description = {
        "kind": "onnx",
        "path": "nowhere",
        "classes": 3,
        "image_size": (8, 12),
    }
    lines = [
        json.dumps({"count": what})
        for what in (
            2,
            {"callers": 2, "requests": 4},
            {"shapes": [[2, 8, 9], [1, 9, 8]]},
        )
    ]
    serving_side.serve(
        description, lines, lambda **values: answers.append(values)
    )
    return answers


def test_a_side_answers_every_line(monkeypatch):
    painted = []
    ready, alone, together, memory = served(monkeypatch, painted)
    assert ready["built"] >= 0 and ready["held"] > 2**20
    assert alone["found"] > 0
    assert len(together["found"]["latencies"]) == 4
    assert memory["found"]["held"] > 2**20
    shapes = [label.shape for label in painted]
    assert shapes == [(1, 8, 12)] * 6 + [(2, 8, 9), (1, 9, 8)]
    assert {label.dtype for label in painted} == {np.dtype("uint8")}
    assert np.concatenate([label.ravel() for label in painted]).max() == 2


@pytest.mark.parametrize(
    "flags, words",
    [
        ("--pairs 0", "--pairs must be at least 1. Received: 0"),
        ("--callers 4 0", "--callers must be at least 1. Received: 0"),
        ("--image-size 0 8", "--image-size must be at least 1"),
        ("--memory-requests 90", "a multiple of 80. Received: 90"),
        ("--output /nowhere", "must be a folder.*Received: /nowhere"),
    ],
)
def test_wrong_flags_are_refused_first(serving, monkeypatch, flags, words):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    with pytest.raises(ValueError, match=words):
        serving.check(serving.flags().parse_args(flags.split()))


def test_a_picture_needs_matplotlib(serving, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="matplotlib, which must be installed"):
        serving.check(serving.flags().parse_args([]))


def test_a_picture_of_memory_is_written(tmp_path):
    pytest.importorskip("matplotlib", reason="the extra benchmarks has it")
    from matplotlib import image

    from benchmarks.harness.serving_chart import write_memory_chart

    curve = {"requests": [20, 40], "held": [2**20, 2**21], "graphs": [1, 1]}
    write_memory_chart(tmp_path / "a.png", "Title", {"one": curve})
    height, width, _ = image.imread(tmp_path / "a.png").shape
    assert height > 400 and width > 700
