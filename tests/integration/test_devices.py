"""Several devices, and several processes, train what one device trains."""

import contextlib
import csv
import json
import os
import pathlib
import socket
import subprocess
import sys
import time

import keras
import numpy as np
import pytest

from tests.device_training import MAIN, run_options, trained

pytest.importorskip("tensorflow")

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "device_training.py"


def free_addresses(count):
    """Addresses on loopback that nothing listens at."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("localhost", 0))
        return [f"localhost:{one.getsockname()[1]}" for one in sockets]


def environment(addresses=None, index=0):
    """That of a process; of worker `index`, if there are addresses."""
    values = {**os.environ, "KERAS_BACKEND": "tensorflow"}
    values |= {"PYTHONPATH": str(ROOT), "TF_CPP_MIN_LOG_LEVEL": "3"}
    values.pop("TF_CONFIG", None)
    if addresses:
        task = {"type": "worker", "index": index}
        cluster = {"worker": addresses}
        values["TF_CONFIG"] = json.dumps({"cluster": cluster, "task": task})
    return values


def start(command, log, **where):
    """Starts a process whose words go into a file."""
    with open(log, "w", encoding="utf-8") as stream:
        return subprocess.Popen(
            [sys.executable, *map(str, command)],
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=environment(**where),
        )


def ended(process, log, seconds=600):
    """Waits for the end of a process; returns its code and its words."""
    try:
        code = process.wait(seconds)
    finally:
        process.kill()
    return code, pathlib.Path(log).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def one_device():
    return trained(contextlib.nullcontext())[1]


def assert_equal_training(found, one_device):
    for part in ("losses", "evaluated", "trained_on_batch", "report"):
        assert set(found[part]) == set(one_device[part])
        for name, expected in one_device[part].items():
            np.testing.assert_allclose(
                found[part][name], expected, rtol=1e-5, err_msg=f"{part} {name}"
            )
    assert len(found["losses"]["generator_loss"]) == 5
    np.testing.assert_allclose(
        found["outputs"], one_device["outputs"], atol=1e-4
    )


@pytest.mark.slow
def test_two_devices_of_a_machine_train_as_one(tmp_path, one_device):
    file, log = tmp_path / "found.json", tmp_path / "log"
    code, words = ended(start([SCRIPT, "mirrored", file], log), log)
    assert code == 0, words
    found = json.loads(file.read_text())
    assert_equal_training(found, one_device)
    said = found["refused"]
    assert (
        "a batch of 3 for 2 replicas. Take a multiple of 2" in said["dataset"]
    )
    assert "a batch of another size for 2 replicas" in said["last batch"]
    assert "a batch of 3 for 2 replicas" in said["arrays"]
    assert "a batch of 3 for 2 replicas" in said["one batch"]
    assert "outside of the scope of a MirroredStrategy" in said["scope"]


@pytest.mark.slow
def test_two_processes_train_as_one(tmp_path, one_device):
    addresses = free_addresses(2)
    files = [tmp_path / f"found{index}.json" for index in range(2)]
    logs = [tmp_path / f"log{index}" for index in range(2)]
    workers = [
        start(
            [SCRIPT, "multi_worker", files[index]],
            logs[index],
            addresses=addresses,
            index=index,
        )
        for index in range(2)
    ]
    for worker, log, file in zip(workers, logs, files, strict=True):
        code, words = ended(worker, log)
        assert code == 0, words
        assert_equal_training(json.loads(file.read_text()), one_device)


EPOCHS = 2


def train_in_two(folder, arguments):
    """Starts two workers of a run; returns processes and their logs."""
    addresses = free_addresses(2)
    command = ["-c", MAIN, "train", *arguments]
    logs = [folder / f"log{index}" for index in range(2)]
    return [
        start(command, log, addresses=addresses, index=index)
        for index, log in enumerate(logs)
    ], logs


def train_to_the_end(folder, arguments):
    processes, logs = train_in_two(folder, arguments)
    for process, log in zip(processes, logs, strict=True):
        code, words = ended(process, log)
        assert code == 0, words


def new_run(folder):
    """The arguments of a run whose folder is `folder/runs/0001-toy`."""
    return run_options(
        output=folder / "runs",
        strategy="multi_worker",
        steps_per_epoch=6,
        epochs=EPOCHS,
        decay_epochs=1,
        checkpoint_every=2,
        ema_decay=0.9,
        deterministic="true",
    )


def wait_for(path, processes, seconds=600):
    """Waits until a file is there and all processes are under way."""
    end = time.monotonic() + seconds
    while not path.exists():
        assert time.monotonic() < end
        assert [process.poll() for process in processes] == [None, None]
        time.sleep(0.02)


@pytest.mark.slow
def test_a_killed_worker_ends_the_other_and_both_resume(tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    train_to_the_end(whole, new_run(whole))

    processes, logs = train_in_two(broken, new_run(broken))
    run = broken / "runs" / "0001-toy"
    wait_for(run / "checkpoints" / "step-00000004.npz", processes)
    processes[1].kill()
    code, words = ended(processes[0], logs[0], seconds=150)
    assert code == 2, words
    last = words.strip().splitlines()[-1]
    assert "worker 0 of 2 has lost another one" in last
    assert f"--resume {run}" in words

    train_to_the_end(broken, ["--resume", run])
    assert history(run) == history(whole / "runs" / "0001-toy")
    weights = [keras_weights(w / "runs" / "0001-toy") for w in (whole, broken)]
    for expected, found in zip(*weights, strict=True):
        np.testing.assert_array_equal(found, expected)


def history(run):
    """The rows of history.csv without what depends on the time."""
    with open(run / "history.csv", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == EPOCHS
    for row in rows:
        row.pop("images_per_second")
    return rows


def keras_weights(run):
    gan = keras.saving.load_model(run / "model.keras")
    return [keras.ops.convert_to_numpy(v) for v in gan.weights]
