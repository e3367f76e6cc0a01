"""Runs that were killed and go on as if nothing had happened."""

import importlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import pytest

from keras_pix2pixhd.runs import resume, train
from keras_pix2pixhd.runs.records.run_lock import run_lock
from tests.killed_runs import (
    TINY,
    Killed,
    assert_same_run,
    kill_at,
    rows_of,
    tiny,
)

ROOT = pathlib.Path(__file__).resolve().parents[2]


# the functions of the same names hide these modules
CARRY_OUT = importlib.import_module("keras_pix2pixhd.runs.carry_out")
RESUME = importlib.import_module("keras_pix2pixhd.runs.resume")
export_to_run = CARRY_OUT.export_to_run


@pytest.fixture(scope="module", autouse=True)
def no_time_for_exports():
    """An empty file, in place of the SavedModel of the runs in this process.

    Those in processes of their own, and one more, write a real one.
    """

    def export(gan, folder):
        place = folder / "saved_model" / "1"
        place.mkdir(parents=True, exist_ok=True)
        (place / "saved_model.pb").write_bytes(b"")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CARRY_OUT, "export_to_run", export)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run that nothing interrupted: two epochs of three steps."""
    return train(tiny(tmp_path_factory.mktemp("whole")), log=str).folder


@pytest.fixture
def copy(whole, tmp_path):
    """A copy of it, to spoil."""
    return shutil.copytree(whole, tmp_path / "0001-toy")


def killed(monkeypatch, config, step):
    """Returns the folder of a run that was killed after a step."""
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, step)
        train(config, log=str)
    return pathlib.Path(config.output) / "0001-toy"


def test_a_run_killed_in_the_middle_of_an_epoch_goes_on(
    whole, tmp_path, monkeypatch
):
    """After step 5, of which 4 are in the checkpoint: epoch 1 and a step."""
    lines = []
    folder = killed(monkeypatch, tiny(tmp_path), 5)
    assert len(rows_of(folder)) == 1
    (folder / f".{'0123456789abcdef' * 2}.part").write_text("half written")
    run = resume(folder, log=lines.append)
    assert run.folder == folder
    assert_same_run(folder, whole)
    assert (
        "resumed from step-00000004.npz: 1 of 2 epochs, 4 of 6 steps done"
        in lines
    )
    assert not any(line.startswith("changed:") for line in lines)


def contents(folder):
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_finished_run_says_so_and_is_left_as_it_is(copy):
    before, lines = contents(copy), []
    run = resume(copy, {"samples": 2}, log=lines.append)
    assert lines == [
        f"{copy} has finished its 2 epochs. To train it further, give it a "
        "later end: --epochs (or --steps)."
    ]
    assert run.metrics == json.loads((copy / "metrics.json").read_text())
    assert contents(copy) == before


def refusal(folder, changes=None):
    """Resumes a run, which must be refused; returns the words."""
    with pytest.raises(ValueError) as error:
        resume(folder, changes, log=str)
    assert getattr(error.value, "__notes__", []) == []
    return str(error.value)


def test_what_does_not_fit_is_refused_and_nothing_is_changed(copy, monkeypatch):
    before = contents(copy)
    with run_lock(copy):
        words = refusal(copy, {"epochs": 3})
        assert "Only one process may train in a run folder" in words
    with monkeypatch.context() as patch:
        patch.setattr(RESUME, "open_split", None)  # no data is read
        assert (
            "A run must end after what it has trained on. Received: epochs=1 "
            "for a run after 6 steps: 2 epochs. Set more epochs."
        ) in refusal(copy, {"epochs": 1})
    words = refusal(copy, {"epochs": 3, "best_metric": "val_nope"})
    assert (
        "best_metric must be a column of history.csv, auto or none. " in words
    )
    assert "Received: val_nope. Columns to choose from: loss, val_" in words
    assert "val_l1" in words
    words = refusal(copy, {"epochs": 3, "data": str(copy / "gone")})
    assert "The data of the run must still be there. Received: " in words
    assert contents(copy) == before


def test_a_change_that_cannot_be_trained_with_is_not_kept(copy):
    """The cache fails in the first step, the others before."""
    before = contents(copy)
    refusal(copy, {"epochs": 3, "cache": "/proc/x"})
    (copy / "history.csv").write_text("foo,bar\n1,2\n")
    assert "history.csv" in refusal(copy, {"epochs": 3})
    (copy / "history.csv").write_bytes(before[copy / "history.csv"])
    settings = json.loads((copy / "config.json").read_text())
    edited = json.dumps(settings | {"seed": 5})
    (copy / "config.json").write_text(edited)
    words = f"seed=5, where the checkpoint has {settings['seed']}."
    assert words in refusal(copy, {"epochs": 3})
    (copy / "config.json").write_bytes(before[copy / "config.json"])
    assert contents(copy) == before


def test_a_run_without_its_checkpoints_is_not_trained_anew(copy):
    shutil.rmtree(copy / "checkpoints")
    before = contents(copy)
    assert f"--init-from {copy}" in refusal(copy, {"epochs": 3})
    assert contents(copy) == before


def test_another_architecture_is_named(copy):
    path = copy / "config.json"
    settings = json.loads(path.read_text()) | {"filters": 4}
    path.write_text(json.dumps(settings))
    words = refusal(copy, {"epochs": 3})
    assert "filters=4, where the checkpoint has 2. Set them back" in words


def test_other_pairs_are_named(copy):
    cars = copy / "toy_cars"
    name = json.loads((copy / "split.json").read_text())["train"][0]
    for path in cars.rglob(f"{name}.*"):
        path.unlink()
    words = refusal(copy, {"epochs": 3})
    assert "A run that is resumed must find the pairs that it began" in words
    assert name in words


def test_other_classes_are_named(copy):
    path = next((copy / "toy_cars").glob("classes.*"))
    path.write_text(path.read_text().replace("sky", "heaven"))
    words = refusal(copy, {"epochs": 3})
    assert "sky" in words and "heaven" in words


@pytest.mark.slow
def test_a_run_killed_twice_and_with_a_damaged_checkpoint(
    whole, tmp_path, monkeypatch
):
    folder = killed(monkeypatch, tiny(tmp_path), 3)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, 3)  # step 5: from step 2 on, the third
        resume(folder, log=str)
    newest = folder / "checkpoints" / "step-00000004.npz"
    newest.write_bytes(newest.read_bytes()[:-100])
    lines = []
    resume(folder, log=lines.append)
    assert any(line.startswith("Damaged, and left out: ") for line in lines)
    assert_same_run(folder, whole)


@pytest.mark.slow
def test_a_run_killed_before_its_first_checkpoint_begins_anew(
    whole, tmp_path, monkeypatch
):
    folder = killed(monkeypatch, tiny(tmp_path), 2)
    assert not list(folder.glob("checkpoints/*.npz"))
    resume(folder, log=str)
    assert_same_run(folder, whole)


@pytest.mark.slow
def test_an_end_within_an_epoch_leaves_no_trace_in_a_later_one(tmp_path):
    """After two steps of the first epoch of three, and one of the second."""
    same = {"decay_epochs": 0, "deterministic": True}  # no rates of an end
    same["best_metric"] = "val_l1"  # each of these epochs is the best so far
    whole = train(tiny(tmp_path / "whole", steps=4, **same), log=str).folder
    cut = train(tiny(tmp_path / "cut", steps=2, **same), log=str).folder
    assert [row["steps"] for row in rows_of(cut)] == ["2"]
    metrics = json.loads((cut / "metrics.json").read_text())
    del metrics["trained"]  # as if killed at the export
    (cut / "metrics.json").write_text(json.dumps(metrics))
    lines = []
    resume(cut, log=lines.append)
    words = "step-00000002.npz: 0 of 1 epochs, 2 of 2 steps done"
    assert f"resumed from {words}" in lines
    resume(cut, {"steps": 4}, log=str)
    assert [row["steps"] for row in rows_of(cut)] == ["3", "4"]
    assert_same_run(cut, whole)


@pytest.mark.slow
def test_a_finished_run_trains_further_with_a_later_end(copy, monkeypatch):
    monkeypatch.setattr(CARRY_OUT, "export_to_run", export_to_run)
    lines = []
    config = json.loads((copy / "config.json").read_text())
    run = resume(copy, {"epochs": 3}, log=lines.append)
    assert "changed: epochs: 2, now 3" in lines
    assert [row["steps"] for row in rows_of(copy)] == ["3", "6", "9"]
    changed = json.loads((copy / "config.json").read_text())
    assert changed == config | {"epochs": 3}
    assert int(run.gan.optimizer.iterations) == 9
    assert (copy / "saved_model" / "1" / "saved_model.pb").stat().st_size > 0
    assert (copy / "samples" / "epoch_003.png").is_file()


GROWN = {
    "generator": "local",
    "num_local_residual_blocks": 0,
    "discriminator_scales": 2,
    "coarse_epochs": 1,
    "freeze_epochs": 1,
}


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    """A run of two stages that nothing interrupted."""
    folder = tmp_path_factory.mktemp("grown")
    return train(tiny(folder, **GROWN), log=str).folder


@pytest.mark.slow
@pytest.mark.parametrize("step", [2, 5], ids=["coarse", "fine"])
def test_a_run_that_grows_goes_on_in_either_stage(
    step, grown, tmp_path, monkeypatch
):
    folder = killed(monkeypatch, tiny(tmp_path, **GROWN), step)
    resume(folder, log=str)
    assert_same_run(folder, grown)


def command(*arguments):
    code = "import sys; from keras_pix2pixhd.cli import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", code, "train", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def ended(process):
    _, err = process.communicate(timeout=600)
    return process.returncode, err


def wait_for(step, folder, process):
    """Waits for a checkpoint of that step or a later one."""
    first = folder / "checkpoints" / f"step-{step:08d}.npz"
    while not any(p >= first for p in first.parent.glob("*.npz")):
        assert process.poll() is None, "it ended before"
        time.sleep(0.01)


def checkpoints(folder):
    """The steps of the checkpoints, from their names."""
    paths = (folder / "checkpoints").glob("step-*.npz")
    return sorted(int(path.stem.removeprefix("step-")) for path in paths)


@pytest.mark.slow
def test_kill_9_and_sigterm_leave_a_run_that_goes_on(tmp_path):
    """In processes of their own, with operations that are deterministic."""
    options = ["--deterministic", "--preset", "toy"]
    for name, value in {**TINY, "epochs": 3}.items():
        value = str(value).strip("()")
        options += ["--set", f"{name}={value}"]
    calm, cut = tmp_path / "calm", tmp_path / "cut"
    assert ended(command(*options, "--output", calm))[0] == 0
    folder = cut / "0001-toy"
    process = command(*options, "--output", cut)
    wait_for(4, folder, process)
    process.kill()
    assert ended(process)[0] == -signal.SIGKILL
    process = command("--resume", folder)
    wait_for(6, folder, process)
    process.terminate()
    code, err = ended(process)
    step = checkpoints(folder)[-1]
    line = (
        f"pix2pixhd: stopped by SIGTERM. Resume from the checkpoint of step "
        f"{step} with: pix2pixhd train --resume {folder}\n"
    )
    assert (code, err) == (143, f"stopping after this step\n{line}")
    assert ended(command("--resume", folder))[0] == 0
    assert_same_run(folder, calm / "0001-toy")
