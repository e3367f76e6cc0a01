"""On JAX, two processes train the run that one trains, or end together."""

import csv
import importlib.util
import socket
import subprocess
import sys

import pytest

from tests.device_training import MAIN, run_options
from tests.integration.test_jax_devices import environment

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("jax") is None, reason="JAX is not installed."
    ),
]


def arguments(**settings):
    short = {"steps_per_epoch": 3, "epochs": 1, "decay_epochs": 0}
    return ["train", *run_options(**short, **settings)]


def start(words, **where):
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, *words],
        env=environment(**where),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def start_two(*words):
    """Starts two workers, each with its own words."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        address = f"localhost:{free.getsockname()[1]}"
    return [
        start(
            words[index],
            KERAS_DISTRIBUTION_JOB_ADDRESSES=address,
            KERAS_DISTRIBUTION_NUM_PROCESSES="2",
            KERAS_DISTRIBUTION_PROCESS_ID=str(index),
        )
        for index in range(2)
    ]


def numbers(folder):
    """The only row of history.csv, without what depends on the time."""
    with open(folder / "0001-toy" / "history.csv", encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    row.pop("images_per_second")
    return {name: float(value) for name, value in row.items()}


def test_two_processes_train_the_run_of_one(tmp_path):
    one = start(arguments(output=tmp_path / "one"))
    words, _ = one.communicate()
    assert one.returncode == 0, words
    both = arguments(output=tmp_path / "two", strategy="multi_worker")
    for worker in start_two(both, both):
        words, _ = worker.communicate()
        assert worker.returncode == 0, words
    expected = pytest.approx(numbers(tmp_path / "one"), rel=1e-4, abs=1e-4)
    assert numbers(tmp_path / "two") == expected


def test_a_worker_that_fails_ends_the_other_at_once(tmp_path):
    good = arguments(output=tmp_path / "runs", strategy="multi_worker")
    chief, other = start_two(good, [*good, "--set", "data=/nowhere"])
    said = [worker.communicate(timeout=90)[0] for worker in (chief, other)]
    assert [chief.returncode, other.returncode] == [2, 2], said
    assert "worker 0 of 2 has lost another one" in said[0]
    assert "must be an existing folder. Received: /nowhere" in said[1]
