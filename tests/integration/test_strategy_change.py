"""A run of one device that goes on with two."""

import csv
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

from keras_pix2pixhd.presets import preset
from keras_pix2pixhd.runs import train

pytest.importorskip("tensorflow")

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETTINGS = {
    "image_size": (16, 24),
    "toy_scenes": 12,
    "filters": 4,
    "num_downsamplings": 1,
    "num_residual_blocks": 1,
    "discriminator_filters": 4,
    "batch_size": 4,
    "steps_per_epoch": 4,
    "epochs": 2,
    "checkpoint_every": 1,
    "keep_checkpoints": 4,
    "ema_decay": 0.9,
    "samples": 1,
    "validation_images": 2,
    "evaluation_images": 2,
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
    with open(run / "history.csv", encoding="utf-8") as stream:
        row = list(csv.DictReader(stream))[-1]
    del row["images_per_second"]
    return {name: float(value) for name, value in row.items()}


@pytest.mark.slow
def test_a_run_may_go_on_with_more_devices(tmp_path):
    config = preset("toy").replace({**SETTINGS, "output": str(tmp_path)})
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
