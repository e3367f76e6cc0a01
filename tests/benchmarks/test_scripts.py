"""The scripts as a user runs them, on the smallest networks."""

import importlib
import importlib.util
import json
import os
import re
import subprocess
import sys

import keras
import pytest

from benchmarks.harness import ROOT
from keras_pix2pixhd import write_toy_cars

SMALLEST = (
    "--image-size 32 32 --filters 2 --classes 2 --downsamplings 1 --blocks 0 "
    "--layers 1 --scales 1 --no-perceptual --pause 0"
).split()


def run(script, *arguments):
    return subprocess.run(
        [sys.executable, f"benchmarks/{script}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "CUDA_VISIBLE_DEVICES": "-1"},
    )


def lines_of(script, *arguments):
    backend = keras.backend.backend()
    done = run(script, "--backend", backend, *SMALLEST, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "line, words",
    [
        ("train_step.py --batch-size 0", "must be a number above 0, or large"),
        ("generate.py --image-size 30 30", "must be multiples of 16"),
        ("train_step.py --reference /nowhere", "your own clone of NVIDIA/pix"),
        ("memory.py --batch-size largest", "train_step.py looks for it"),
        ("growth.py --reference .", "growth.py measures ours alone"),
        ("cold_start.py --reference .", "cold_start.py measures ours alone"),
        ("data_pipeline.py --precision bfloat16", "must be float32 here"),
        ("data_pipeline.py --batch-size 0", "--batch-size must be at least 1"),
        ("data_pipeline.py --image-size 0 9", "two numbers of at least 1"),
        ("data_pipeline.py --reference /nowhere", "your own clone of NVIDIA"),
        ("gpu.py", "the following arguments are required: --reference"),
        ("train_step.py --backend theano", "invalid choice: 'theano'"),
    ],
)
def test_wrong_flags_end_with_2_and_say_why(line, words):
    done = run(*line.split())
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize(
    "installed, words",
    [
        (None, "matplotlib, which must be installed. Received: none. pip"),
        ("matplotlib", "--output must be a folder.*Received: /nowhere"),
    ],
)
def test_pictures_that_cannot_be_written_are_refused_first(
    installed, words, monkeypatch
):
    monkeypatch.syspath_prepend(ROOT / "benchmarks")
    growth = importlib.import_module("growth")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: installed)
    with pytest.raises(ValueError, match=words):
        growth._check_output("/nowhere")


@pytest.mark.slow
def test_training_steps_are_measured():
    text = lines_of("train_step.py", "--pairs=2", "--steps=2", "--batch-size=2")
    assert "training step, 32x32, batch 2, 2 classes" in text
    # a generator without halvings' blocks, a discriminator of one scale
    assert re.search(r"\| discriminator, backward +\|", text)
    row = rf"{keras.backend.backend()} float32 +\| +[\d.e-]+ \| +[\d.e-]+ to "
    assert re.search(row, text)


@pytest.mark.slow
def test_memory_is_measured_stage_by_stage():
    text = lines_of("memory.py", "--pairs", "1")
    rows = re.findall(r"float32 +((?:\| +[\d.]+ )+)\|", text)
    assert len(rows) == 2  # training, generation
    for row in rows:
        stages = [float(cell) for cell in row.split("|")[1:]]
        assert stages == sorted(stages) and stages[0] > 0.05


@pytest.mark.slow
def test_a_loader_measures_itself(tmp_path):
    data = write_toy_cars(tmp_path / "toys", 4)
    line = f"--data={data} --way=ours --image-size 32 48 --pairs=4 --epochs=1"
    backend = f"--backend={keras.backend.backend()}"
    done = run("data_pipeline.py", backend, *line.split())
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    # images a second, GiB
    assert found["rate"] > 0 and 0.05 < found["memory"] < 4


@pytest.mark.slow
def test_a_cold_start_is_told_by_stages():
    text = lines_of("cold_start.py", "--pairs", "1", "--tasks", "generate")
    assert "| seconds" in text and "keras_pix2pixhd" in text
    cells = re.search(r"float32 +\|(.*)\|", text).group(1).split("|")
    *stages, whole, second = (float(cell) for cell in cells)
    assert len(stages) == 6
    assert whole == pytest.approx(sum(stages), abs=0.04)
