import json
import sys
import types

import numpy as np
import pytest

from keras_pix2pixhd.callbacks import WandbLog
from keras_pix2pixhd.png_file import write_png
from tests.callbacks.logged_fit import KnownLogs, logged_fit


class Run:
    """What `wandb.init` returns: keeps what is logged to it."""

    def __init__(self, arguments):
        self.arguments, self.logged, self.finished = arguments, [], False
        self.axes = []

    def define_metric(self, name, step_metric):
        self.axes.append((name, step_metric))

    def log(self, numbers):
        self.logged.append(numbers)

    def finish(self):
        self.finished = True


@pytest.fixture
def wandb(monkeypatch):
    """A stand-in for the package; `wandb.runs` are those begun."""
    module = types.ModuleType("wandb")
    module.Error = type("Error", (Exception,), {})
    module.Image = lambda path: ("image", path)
    module.runs = []

    def init(**arguments):
        module.runs.append(Run(arguments))
        return module.runs[-1]

    module.init = init
    monkeypatch.setitem(sys.modules, "wandb", module)
    return module


def test_epochs_have_the_names_of_the_history_and_steps_for_an_axis(
    wandb, tmp_path
):
    folder = tmp_path / "0001-toy"
    folder.mkdir()
    log = WandbLog("cars", folder, config={"epochs": 2}, every=2)
    history = logged_fit(KnownLogs(val_l1=5), log)
    (run,) = wandb.runs
    assert run.axes == [("*", "steps")]
    assert run.finished
    about = {k: run.arguments[k] for k in ("project", "name", "dir", "config")}
    assert about == {
        "project": "cars",
        "name": "0001-toy",
        "dir": str(folder),
        "config": {"epochs": 2},
    }
    batches = [numbers for numbers in run.logged if "batch/loss" in numbers]
    assert [numbers["steps"] for numbers in batches] == [2, 4, 6]
    epochs = [numbers for numbers in run.logged if "loss" in numbers]
    assert epochs == [
        {
            "steps": 3 * (epoch + 1),
            "loss": pytest.approx(history["loss"][epoch]),
            "val_l1": 5 + epoch,
            "learning_rate": 0.25,
        }
        for epoch in range(2)
    ]


def test_a_run_that_goes_on_is_the_same_and_logs_nothing_twice(wandb, tmp_path):
    # killed after step 6, the checkpoint is that of step 3
    logged_fit(WandbLog("cars", tmp_path, every=2), epochs=2)
    log = WandbLog("cars", tmp_path, every=2, start=3)
    logged_fit(log, epochs=3, initial_epoch=1)
    first, second = wandb.runs
    assert first.arguments["id"] == second.arguments["id"]
    assert second.arguments["resume"] == "allow"
    assert [numbers["steps"] for numbers in first.logged] == [2, 3, 4, 6, 6]
    assert [numbers["steps"] for numbers in second.logged] == [8, 9]


def test_a_second_fit_goes_on_with_its_own_run(wandb, tmp_path):
    log = WandbLog("cars", tmp_path)
    logged_fit(log, epochs=1)
    logged_fit(log, epochs=2, initial_epoch=1)
    first, second = wandb.runs
    assert first.arguments["id"] == second.arguments["id"]
    assert [numbers["steps"] for numbers in second.logged] == [6]


def test_a_run_from_the_first_step_is_another(wandb, tmp_path):
    for _ in range(2):
        logged_fit(WandbLog("cars", tmp_path), epochs=1)
    first, second = wandb.runs
    assert first.arguments["id"] != second.arguments["id"]
    assert [numbers["steps"] for numbers in second.logged] == [3]


def test_the_sample_grids_are_shown_once_each(wandb, tmp_path):
    paths = [tmp_path / f"epoch_00{epoch}.png" for epoch in range(3)]
    for path in paths:
        write_png(np.zeros((2, 3, 3), "uint8"), path)
    logged_fit(WandbLog("cars", tmp_path, samples=tmp_path), epochs=1)
    log = WandbLog("cars", tmp_path, start=3, samples=tmp_path)
    logged_fit(log, epochs=2, initial_epoch=1)
    shown = [
        (numbers["steps"], numbers["samples"][1])
        for run in wandb.runs
        for numbers in run.logged
        if "samples" in numbers
    ]
    steps = (0, 3, 6)
    assert shown == [(s, str(p)) for s, p in zip(steps, paths, strict=True)]


def test_without_wandb_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "wandb", None)
    with pytest.raises(ValueError, match=r"by wandb. Rec.*pip inst.*\[wandb\]"):
        WandbLog("cars", tmp_path)


def test_without_a_login_it_says_so_before_the_first_step(wandb, tmp_path):
    def refuse(**arguments):
        raise wandb.Error("no API key")

    wandb.init = refuse
    log = WandbLog("cars", tmp_path)
    with pytest.raises(ValueError, match="Received: no API key. Run wandb log"):
        log.on_train_begin()


def test_a_note_of_the_run_that_is_none_is_named(wandb, tmp_path):
    (tmp_path / "wandb.json").write_text("[")
    log = WandbLog("cars", tmp_path, start=3)
    with pytest.raises(ValueError, match="must say which run .*Remove it to"):
        log.on_train_begin()
    (tmp_path / "wandb.json").write_text(json.dumps([1]))
    with pytest.raises(ValueError, match="wandb.json must say which run of"):
        log.on_train_begin()
