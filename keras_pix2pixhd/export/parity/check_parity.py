"""The comparison that is part of every export."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from keras import ops

from keras_pix2pixhd.export.parity.cases import (
    features_of,
    make_cases,
    png_files,
)
from keras_pix2pixhd.export.parity.parity_error import ParityError
from keras_pix2pixhd.models import to_uint8

PARITY_FILE = "parity.json"
# grey levels, anywhere and on average
BOUNDS = {
    "float32": (1, 1.0),
    "float16": (3, 0.5),
    "bfloat16": (3, 0.5),
    "int8": (24, 2.0),
}
_RUNNER = pathlib.Path(__file__).with_name("runner.py")


def check_parity(model, serving, kind, weights, folder, image_size=None):
    """Compares an export, in a fresh process without this package.

    Args:
        model: `Pix2PixHDGAN`, or a generator alone.
        serving: its `ServingGenerator`.
        kind: str, the format.
        weights: str, what its weights are kept in.
        folder: `pathlib.Path` of the export.
        image_size: `(height, width)` to compare at too, or `None`.

    Returns:
        Dict: `format`, `weights`, `bound` and found `max` and `mean`
        differences in grey levels, and those of each of the `cases`.

    Raises:
        ValueError: if the export cannot be run.
    """
    cases = make_cases(serving, image_size)
    inputs = {f"{n}/serving_default": batch for n, batch in cases.items()}
    if kind == "saved-model":
        inputs |= _other_signatures(serving, cases)
    painted = _run(kind, folder, inputs)
    expected = {n: _expected(model, serving, x) for n, x in cases.items()}
    rows = {}
    for name, image in painted.items():
        one = expected[name.removesuffix(" as PNG")]
        gap = np.abs(image.astype(int) - one)
        rows[name] = {"max": int(gap.max()), "mean": float(gap.mean())}
    most, mean = BOUNDS[weights]
    return {
        "format": kind,
        "weights": weights,
        "bound": {"max": most, "mean": mean},
        "max": max(row["max"] for row in rows.values()),
        "mean": max(row["mean"] for row in rows.values()),
        "cases": rows,
    }


def keep_parity(parity, folder, report=None):
    """Writes parity.json and says what is in it; or raises `ParityError`."""
    for name, row in parity["cases"].items():
        line = f"{name}: differs by {row['max']} at most, {row['mean']:.4f}"
        if report is not None:
            report(f"{line} on average, of 255 grey levels")
    bound = parity["bound"]
    if parity["max"] > bound["max"] or parity["mean"] > bound["mean"]:
        raise ParityError(parity)
    text = json.dumps(parity, indent=2)
    (folder / PARITY_FILE).write_text(text + "\n", "utf-8")


def _other_signatures(serving, cases):
    """The same maps as PNG files, where these need no seed."""
    if serving.feature_channels or not serving.takes_files:
        return {}
    return {
        f"{name} as PNG/png": png_files(serving, batch)
        for name, batch in cases.items()
    }


def _expected(model, serving, batch):
    if not hasattr(model, "generate"):
        return ops.convert_to_numpy(to_uint8(serving(batch)))
    batch = dict(batch)
    if "style" in batch:
        batch["features"] = features_of(serving, batch)
        del batch["style"]
        # not looked at: the features are given
        batch.setdefault("instance", np.zeros(batch["label"].shape[:3], int))
    return model.generate(**batch)


def _run(kind, folder, inputs):
    """Returns what the export paints in a process of its own."""
    arrays = {
        f"{case}/{name}": array
        for case, batch in inputs.items()
        for name, array in batch.items()
    }
    with tempfile.TemporaryDirectory() as work:
        source, target = f"{work}/in.npz", f"{work}/out.npz"
        np.savez(source, **arrays)
        words = [kind, str(folder), source, target]
        done = subprocess.run(
            [sys.executable, "-I", str(_RUNNER), *words],
            capture_output=True,
            text=True,
            env={**os.environ, "CUDA_VISIBLE_DEVICES": "-1"},
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["nothing"])[-1]
            raise ValueError(
                "The export must run without this package. Received: "
                f'"{last}" from a fresh process with what reads {kind}. '
                "Nothing was written."
            )
        with np.load(target) as painted:
            return dict(painted)
