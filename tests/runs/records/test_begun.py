import json
import zipfile

import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.runs.records.begun import check_goes_on, has_reached_end
from keras_pix2pixhd.runs.resume import finished

CONFIG = RunConfig().replace({"epochs": 3})
TRAINED = json.dumps({"untrained": {"l1": 9.0}, "trained": {"l1": 4.0}})


def checkpoint(folder, epoch, step):
    """The header of one is all that is looked at."""
    path = folder / "checkpoints" / f"step-{step:08d}.npz"
    path.parent.mkdir(exist_ok=True)
    position = {"epoch": epoch, "step_in_epoch": 0, "step": step}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.json", json.dumps({"position": position}))


@pytest.fixture
def run(tmp_path):
    (tmp_path / "config.json").write_text(CONFIG.to_json())
    return tmp_path


@pytest.mark.parametrize(
    "name, text, what",
    [
        ("model.keras", "", "model.keras"),
        ("history.csv", "epoch,steps\n1,3\n", "rows in history.csv"),
        ("metrics.json", TRAINED, "the metrics of its trained model"),
    ],
)
@pytest.mark.parametrize("empty", [False, True])
def test_a_run_that_has_trained_is_not_begun_anew(run, name, text, what, empty):
    """Without checkpoints, whether their folder is there or not."""
    (run / name).write_text(text)
    if empty:
        (run / "checkpoints").mkdir()
    before = sorted(run.iterdir())
    for changes in ({}, {"epochs": 4}):
        with pytest.raises(ValueError) as error:
            finished(run, changes)
        words = str(error.value)
        assert "goes on from its checkpoints. Received: " in words
        assert f'"{run}" with {what}, and without a checkpoint. ' in words
        assert words.endswith(f"with its weights: --init-from {run}")
    assert sorted(run.iterdir()) == before


def test_a_run_without_an_epoch_may_begin_anew(run):
    (run / "history.csv").write_text("epoch,steps\n")
    (run / "metrics.json").write_text('{"untrained": {"l1": 9.0}}')
    check_goes_on(run, CONFIG)
    assert finished(run) is None


def test_a_stage_that_is_done_needs_no_checkpoint(tmp_path):
    changes = {"generator": "local", "coarse_epochs": 1, "freeze_epochs": 1}
    config = CONFIG.replace({**changes, "image_size": (64, 128)})
    coarse = tmp_path / "coarse-32x64"
    coarse.mkdir()
    (coarse / "metrics.json").write_text(TRAINED)
    with pytest.raises(ValueError, match=r'coarse-32x64" with the metrics'):
        check_goes_on(tmp_path, config)
    (coarse / "model.keras").write_text("")
    check_goes_on(tmp_path, config)


@pytest.mark.parametrize("name", ["checkpoints", "samples"])
def test_a_file_in_the_place_of_a_folder_is_refused(run, name):
    (run / name).write_text("")
    words = f'{name}" must be a folder. Received: a file. Move it away'
    with pytest.raises(ValueError, match=words):
        check_goes_on(run, CONFIG)


def test_a_run_that_goes_on_has_the_record_of_its_pairs(run):
    checkpoint(run, 1, 4)
    with pytest.raises(ValueError, match='Received: no ".*split.json". Put it'):
        check_goes_on(run, CONFIG)
    (run / "split.json").write_text("{}")
    check_goes_on(run, CONFIG)


def test_a_run_is_finished_where_its_newest_checkpoint_is(run):
    """Killed when config.json said three epochs and two were trained."""
    (run / "metrics.json").write_text(TRAINED)
    (run / "split.json").write_text("{}")
    checkpoint(run, 2, 8)
    assert not has_reached_end(run, CONFIG)
    assert finished(run) is None
    checkpoint(run, 3, 12)
    assert has_reached_end(run, CONFIG)
    assert f"{run} has finished its 3 epochs." in finished(run)
    assert has_reached_end(run, CONFIG.replace({"steps": 12}))
    assert not has_reached_end(run, CONFIG.replace({"steps": 13}))


def test_a_finished_run_stays_so_if_its_newest_checkpoint_is_damaged(run):
    checkpoint(run, 2, 8)
    (run / "checkpoints" / "step-00000012.npz").write_text("something else")
    assert has_reached_end(run, CONFIG)
