"""A run of one device that goes on with two."""

import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from keras_pix2pixhd.runs import train
from tests.killed_runs import rows_of, tiny

pytest.importorskip("tensorflow")

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETTINGS = {
    "toy_scenes": 12,
    "batch_size": 4,
    "steps_per_epoch": 4,
    "checkpoint_every": 1,
    "keep_checkpoints": 4,
    "ema_decay": 0.9,
    "validation_images": 2,
    "deterministic": True,
}
TWO_DEVICES = """
import sys
import tensorflow as tf
cpu = tf.config.list_physical_devices("CPU")[0]
one = tf.config.LogicalDeviceConfiguration()
tf.config.set_logical_device_configuration(cpu, [one, one])
from keras_pix2pixhd.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def last_row(run):
    return {name: float(value) for name, value in rows_of(run)[-1].items()}


@pytest.mark.slow
def test_a_run_may_go_on_with_more_devices(tmp_path):
    config = tiny(tmp_path, **SETTINGS)
    whole = train(config, log=lambda line: None).folder
    run = tmp_path / "0002-toy"
    shutil.copytree(whole, run)
    for step in (7, 8):
        (run / "checkpoints" / f"step-{step:08d}.npz").unlink()
    resume = ["train", "--resume", str(run), "--strategy", "mirrored"]
    done = subprocess.run(
        [sys.executable, "-c", TWO_DEVICES, *resume],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert "changed: strategy: none, now mirrored" in done.stdout
    assert "mirrored: 2 devices share each batch" in done.stdout
    assert "epochs, 6 of 8 steps done" in done.stdout
    assert last_row(run) == pytest.approx(last_row(whole), rel=2e-5)
