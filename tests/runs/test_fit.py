"""What a training does once it knows how many steps there are."""

import importlib

import pytest

from keras_pix2pixhd.checkpoints import Position, list_checkpoints
from keras_pix2pixhd.checkpoints.checkpoint_file import read_header
from keras_pix2pixhd.runs import train
from tests.killed_runs import tiny


def test_fewer_steps_than_one_update_takes_are_refused(tmp_path):
    changes = {"steps_per_epoch": None, "epochs": 1, "accumulation_steps": 50}
    words = "Received: accumulation_steps=50 for . steps in all. Set it lower"
    with pytest.raises(ValueError, match=words):
        train(tiny(tmp_path, **changes), log=str)
    assert list(tmp_path.iterdir()) == []


def test_an_epoch_that_steps_cut_short_is_begun_and_not_done(
    tmp_path, monkeypatch
):
    carry_out = importlib.import_module("keras_pix2pixhd.runs.carry_out")
    monkeypatch.setattr(carry_out, "export_to_run", lambda gan, folder: None)
    run = train(tiny(tmp_path, steps=2, decay_epochs=0), log=str)
    (path,) = list_checkpoints(run.folder / "checkpoints")
    position = Position(epoch=0, step_in_epoch=2, step=2)
    assert Position(**read_header(path)["position"]) == position
