"""On JAX, several devices train what one device trains."""

import importlib.util
import json
import os
import pathlib
import subprocess
import sys

import numpy as np
import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("jax") is None, reason="JAX is not installed."
    ),
]
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests" / "sharded_training.py"


def environment(devices=1, **more):
    """That of a process on JAX, with some devices of the CPU."""
    return {
        **os.environ,
        "KERAS_BACKEND": "jax",
        "XLA_FLAGS": f"--xla_force_host_platform_device_count={devices}",
        # small graphs, each run a few times
        "JAX_DISABLE_MOST_OPTIMIZATIONS": "1",
        "PYTHONPATH": str(ROOT),
        "TF_CPP_MIN_LOG_LEVEL": "3",
        **more,
    }


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the program has found, on one device and on two."""
    file = tmp_path_factory.mktemp("devices") / "found.json"
    process = subprocess.run(
        [sys.executable, str(SCRIPT), str(file)],
        env=environment(devices=2),
        capture_output=True,
        text=True,
    )
    assert process.returncode == 0, process.stderr
    return json.loads(file.read_text())


def test_two_devices_train_as_one(found):
    one, two = found["one"], found["two"]
    for part in ("losses", "evaluated", "report"):
        assert set(two[part]) == set(one[part])
        for name, expected in one[part].items():
            np.testing.assert_allclose(
                two[part][name], expected, rtol=1e-5, err_msg=f"{part} {name}"
            )
    assert len(two["losses"]["perceptual_loss"]) == 5
    assert np.isfinite(two["losses"]["generator_loss"]).all()
    np.testing.assert_allclose(two["outputs"], one["outputs"], atol=1e-4)


def test_a_sample_that_is_not_finite_lets_all_devices_skip(found):
    reports = [found[name]["report"] for name in ("one", "two")]
    assert [report["skipped_steps"] for report in reports] == [1, 1]


def test_each_device_has_half_of_the_batch_and_all_variables(found):
    training, evaluating = found["images"][0], found["images"][-1]
    assert training == [2, [2, 16, 24, 3]]
    assert found["variables"] == [[2, True]]
    assert evaluating == [2, [1, 16, 24, 3]]  # batches of one: whole on both


def test_states_move_between_one_device_and_two(found):
    on_one, on_two = [[1, True]], [[2, True]]
    assert found["moved"] == {
        "checkpoint to one": [True, on_one],
        "file to one": [True, on_one],
        "checkpoint to two": [True, on_two],
        "file to two": on_two,
    }


def test_what_devices_cannot_share_is_refused(found):
    said = found["refused"]
    for name, size in (
        ("arrays", 3),
        ("one batch", 3),
        ("first batch", "another size"),
    ):
        assert f"Received: a batch of {size} for 2 replicas." in said[name]
        assert "Take a multiple of 2" in said[name]
    assert (
        "Received: a model on 2 of the devices, compiled for 1. Call "
        "keras.distribution.set_distribution before both." in said["compile"]
    )
