"""Runs that were killed and go on as if nothing had happened."""


import pytest

from keras_pix2pixhd.runs import resume, train
from tests.killed_runs import (
    Killed,
    assert_same_run,
    kill_at,
    rows_of,
    tiny,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A run that nothing interrupted: two epochs of three steps."""
    return train(tiny(tmp_path_factory.mktemp("whole")), log=str).folder


def killed(monkeypatch, config, step):
    """Returns the folder of a run that was killed after a step."""
    with monkeypatch.context() as patch, pytest.raises(Killed):
        kill_at(patch, step)
        train(config, log=str)
    (folder,) = [p for p in config_output(config).iterdir() if p.is_dir()]
    return folder


def config_output(config):
    import pathlib

    return pathlib.Path(config.output)


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
    newest = folder / "checkpoints" / "step-00000004.npz"
    assert f"resumed from {newest}: 4 steps, 1 epochs done" in lines
    assert "changed: nothing" in lines
