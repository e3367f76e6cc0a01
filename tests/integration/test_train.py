"""Whole runs, in the shortest form that runs all of the code."""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

import keras
import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd import preset
from keras_pix2pixhd.cli import main
from keras_pix2pixhd.data import CARVANA, TOY_CARS, read_pairs
from keras_pix2pixhd.presets import PRESETS, smoke
from keras_pix2pixhd.runs import train
from tests.carvana_folders import LAYOUTS, NAMES, write_carvana
from tests.killed_runs import SMALLEST, rows_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
LOSSES = [
    "discriminator_real_loss",
    "discriminator_fake_loss",
    "adversarial_loss",
    "feature_matching_loss",
    "discriminator_loss",
    "generator_loss",
    "discriminator_real_score",
    "discriminator_fake_score",
    "loss",
]
AS_OPTIONS = [
    word
    for name, value in SMALLEST.items()
    for word in ("--set", f"{name}={str(value).strip('()')}")
]


@pytest.fixture
def shared():
    """The folder of real data, outside the repository."""
    folder = os.environ.get("PIX2PIXHD_SHARED", ROOT.parent / "shared")
    folder = pathlib.Path(folder)
    if not (folder / "data").is_dir():
        pytest.skip(f"no real data: {folder}/data does not exist")
    return folder


def check_run(folder, perceptual=False):
    """Checks what every run leaves; returns its settings and its metrics."""
    files = {path.name for path in folder.iterdir()}
    coarse = {name for name in files if name.startswith("coarse-")}
    assert files - coarse - {"toy_cars"} == {
        *("best.keras", "checkpoints", "config.json", "history.csv"),
        *("metrics.json", "model.keras", "samples", "saved_model"),
        "split.json",
    }
    kept = {path.name for path in (folder / "checkpoints").iterdir()}
    assert all(re.fullmatch(r"step-\d{8}\.npz", name) for name in kept)
    sides = json.loads((folder / "split.json").read_text())
    train, held_out = set(sides["train"]), set(sides["held_out"])
    assert train and held_out and not train & held_out
    settings = json.loads((folder / "config.json").read_text())
    rows = rows_of(folder)
    assert set(rows[0]) >= {*LOSSES, *["perceptual_loss"] * perceptual}
    assert set(rows[0]) >= {"val_l1", "val_psnr", "val_ssim"}
    assert set(rows[0]) >= {f"val_{loss}" for loss in LOSSES}
    # the last two are kept, and the best
    assert min(len(rows), 2) <= len(kept) <= 3
    for row in rows:
        assert all(np.isfinite(float(value)) for value in row.values())
    names = sorted(path.name for path in (folder / "samples").iterdir())
    assert names == [f"epoch_{i:03d}.png" for i in range(len(rows) + 1)]
    first, *others = (
        np.asarray(Image.open(folder / "samples" / name)) for name in names
    )
    assert all(not np.array_equal(first, other) for other in others)
    metrics = json.loads((folder / "metrics.json").read_text())
    for numbers in (metrics["untrained"], metrics["trained"]):
        values = [numbers[name] for name in ("l1", "psnr", "ssim")]
        values += numbers["class_color_error"].values()
        assert np.all(np.isfinite(values))
    assert (folder / "saved_model" / "1" / "saved_model.pb").is_file()
    return settings, metrics


def check_last_lines(out, folder):
    """Checks that they name what is there; returns the next command."""
    for name in (
        *("samples", "history.csv", "metrics.json", "config.json"),
        *("model.keras", "saved_model"),
    ):
        path = re.search(rf"^[\w, -]+: +({folder / name})$", out, re.M)
        assert pathlib.Path(path[1]).exists()
    command = out.partition("\nNext:\n")[2].splitlines()[0]
    last = "  pix2pixhd train --data YOUR_FOLDER"
    toy = (folder / "toy_cars").exists()
    assert (out.splitlines()[-1] == last) == toy
    return shlex.split(command)


def run_next(command, folder, count, size):
    """Runs the printed command; checks the photographs that it paints."""
    assert command[:2] == ["pix2pixhd", "generate"]
    assert main(command[1:]) == 0
    painted = list((folder / "generated").glob("*.png"))
    assert len(painted) == count
    for path in painted:
        with Image.open(path) as image:
            assert (path.suffix, image.mode) == (".png", "RGB")
            assert image.size == size[::-1]


def in_a_process(preset_name, output):
    """Runs the example as a user does; returns what it printed."""
    before = os.times()
    done = subprocess.run(
        [
            *(sys.executable, ROOT / "examples" / "train_carvana.py"),
            *("--preset", preset_name, "--smoke", "--output", output),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    after = os.times()
    seconds = after.children_user - before.children_user
    # of both cores together, so that it holds beside other work as well
    assert seconds + after.children_system - before.children_system < 60
    return done.stdout


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.slow] * (name != "toy"))
        for name in PRESETS
    ],
)
def test_the_example_with_smoke(name, tmp_path):
    """Of every preset, on drawn cars, in a process and a minute."""
    output = tmp_path / "my runs"
    out = in_a_process(name, output)
    folder = output / f"0001-{name}"
    settings, metrics = check_run(folder, perceptual=name != "toy")
    expected = smoke(preset(name)).replace({"output": str(output)})
    assert settings == json.loads(expected.to_json())
    assert len(rows_of(folder)) == 2
    assert set(metrics["trained"]["class_color_error"]) <= set(TOY_CARS.names)
    assert "20 training pairs of 5 cars, 4 held-out pairs of 1 car" in out
    losses = r"generator_loss [\d.]+, discriminator_loss [\d.]+"
    assert re.search(rf"^epoch 2/2: step \d+, {losses}, ", out, re.M)
    command = check_last_lines(out, folder)
    run_next(command, folder, 24, expected.image_size)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_folder_in_each_layout(layout, tmp_path, capsys):
    data = write_carvana(tmp_path / "cars", layout)
    options = ["--steps", "1", *AS_OPTIONS, "--output", str(tmp_path / "runs")]
    options += ["--set", "ema_decay=0"]  # an average of a step shows nothing
    assert main(["train", "--smoke", "--data", str(data), *options]) == 0
    out = capsys.readouterr().out
    note = "6 training pairs of 3 cars, 2 held-out pairs of 1 car"
    assert f"data: {data}: {note} (chosen at random, seed 0)\n" in out
    folder = tmp_path / "runs" / "0001-carvana-small"
    settings, metrics = check_run(folder)
    assert settings["data"] == str(data)
    assert set(metrics["trained"]["class_color_error"]) == set(CARVANA.names)
    run_next(check_last_lines(out, folder), folder, len(NAMES), (32, 48))


@pytest.mark.slow
def test_steps_and_seeds_are_exact(tmp_path, capsys):
    """Five steps of three an epoch, twice the same, once another."""
    config = preset("toy").replace(
        {**SMALLEST, "steps_per_epoch": 3, "steps": 5, "output": str(tmp_path)}
    )
    runs = [train(config.replace({"seed": seed})) for seed in (1, 1, 2)]
    folders = [run.folder for run in runs]
    assert [folder.name for folder in folders] == [
        *("0001-toy", "0002-toy", "0003-toy")
    ]
    for run in runs:
        assert int(run.gan.optimizer.iterations) == 5
        check_run(run.folder)
        assert len(rows_of(run.folder)) == 2
    first, same, other = map(rows_of, folders)
    assert first == same != other
    assert runs[0].metrics == runs[1].metrics != runs[2].metrics
    loaded = keras.saving.load_model(folders[0] / "model.keras")
    label = read_pairs(folders[0] / "toy_cars").read(0)["label"][None]
    assert np.array_equal(loaded.generate(label), runs[0].gan.generate(label))


def test_held_out_numbers_join_the_history_every_nth_epoch(tmp_path):
    settings = {"epochs": 3, "steps_per_epoch": 1, "output": str(tmp_path)}
    config = preset("toy").replace(
        {**SMALLEST, **settings, "validation_every": 2}
    )
    run = train(config)
    first, second, last = (row["val_l1"] for row in rows_of(run.folder))
    assert 0 < float(first) < 255 and 0 < float(second) < 255
    # both are of one pair, the same
    assert float(last) == pytest.approx(run.metrics["trained"]["l1"], rel=1e-5)


def test_a_run_with_instance_edges_and_without_held_out_numbers(
    tmp_path, capsys
):
    options = [*AS_OPTIONS, "--steps", "1", "--output", str(tmp_path)]
    options += ["--set", "use_instance_edges=true"]
    options += ["--set", "validation_every=0"]
    assert main(["train", *options]) == 0
    folder = tmp_path / "0001-toy"
    assert {name for name in rows_of(folder)[0] if "val" in name} == set()
    command = check_last_lines(capsys.readouterr().out, folder)
    assert command[-1] == str(folder / "toy_cars" / "instances")
    run_next(command, folder, 8, (32, 48))


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bfloat16", "float16"])
def test_mixed_precision(kind, tmp_path):
    config = smoke(preset("toy")).replace(
        {"mixed_precision": kind, "output": str(tmp_path)}
    )
    run = train(config)
    settings, _ = check_run(run.folder)
    assert settings["mixed_precision"] == kind
    assert run.gan.generator.get_layer("input_conv").compute_dtype == kind


@pytest.mark.slow
@pytest.mark.parametrize(
    "name, note",
    [
        (
            "carvana",
            r"\d+ training pairs of \d+ cars, \d+ held-out pairs? of \d+ cars? "
            r"\(24 of 1000 pairs, split\.json\)",
        ),
        (
            "carvana_raw",
            r"15 training pairs of 1 car, 1 held-out pair of 1 car \(chosen at "
            r"random, seed 0; fewer than two cars, so both sides have views of "
            r"the same car\)",
        ),
    ],
)
def test_real_cars(shared, name, note, tmp_path, capsys):
    data = shared / "data" / name
    options = ["--data", str(data), "--output", str(tmp_path)]
    assert main(["train", "--smoke", *options]) == 0
    out = capsys.readouterr().out
    assert re.search(rf"^data: {data}: {note}$", out, re.M)
    folder = tmp_path / "0001-carvana-small"
    check_run(folder, perceptual=True)
    command = check_last_lines(out, folder)
    assert pathlib.Path(command[3]).parent == data


def fail_in_fit(monkeypatch, error, steps):
    """Makes a run fail with `error` when it has taken so many steps."""

    def run(fit, begun):
        if steps:
            fit.stop.trained = True
            begun()
        raise error

    monkeypatch.setattr("keras_pix2pixhd.runs.fit.Fit.run", run)


@pytest.mark.parametrize("error", [ValueError("no"), KeyboardInterrupt()])
@pytest.mark.parametrize("steps", [0, 1])
def test_a_run_that_fails_leaves_a_folder_once_it_has_trained(
    monkeypatch, tmp_path, error, steps
):
    config = preset("toy").replace({**SMALLEST, "output": str(tmp_path)})
    fail_in_fit(monkeypatch, error, steps)
    (tmp_path / "0004-mine").mkdir()
    with pytest.raises(type(error)) as failed:
        train(config, log=lambda line: None)
    left = ["0004-mine", *["0005-toy"] * steps]
    assert sorted(path.name for path in tmp_path.iterdir()) == left
    notes = getattr(failed.value, "__notes__", [])
    command = f"pix2pixhd train --resume {tmp_path / '0005-toy'}"
    assert notes == [f"Resume from its beginning with: {command}"] * steps
