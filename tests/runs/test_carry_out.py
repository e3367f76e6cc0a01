"""What is said of a run that can go on."""

import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.carry_out import note_how_to_resume

GROWN = {"generator": "local", "coarse_epochs": 1}


def note(folder, **settings):
    error = KeyboardInterrupt()
    note_how_to_resume(error, folder, RunConfig().replace(settings))
    (text,) = error.__notes__
    return text


def checkpoint(folder, step):
    folder = folder / "checkpoints"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"step-{step:08d}.npz").touch()


@pytest.mark.parametrize("settings", [{}, GROWN])
def test_the_step_of_the_newest_checkpoint_is_named(tmp_path, settings):
    command = f"with: pix2pixhd train --resume {tmp_path}"
    expected = f"Resume from its beginning {command}"
    assert note(tmp_path, **settings) == expected
    checkpoint(tmp_path, 81)
    checkpoint(tmp_path, 9)
    expected = f"Resume from the checkpoint of step 81 {command}"
    assert note(tmp_path, **settings) == expected


def test_so_is_the_stage_that_it_belongs_to(tmp_path):
    checkpoint(tmp_path / "coarse-32x48", 4)
    assert note(tmp_path, **GROWN).startswith(
        "Resume from the checkpoint of step 4 in coarse-32x48 with: "
    )
    checkpoint(tmp_path, 2)
    assert "checkpoint of step 2 with: " in note(tmp_path, **GROWN)
