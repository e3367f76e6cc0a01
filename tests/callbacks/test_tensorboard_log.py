import sys

import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import TensorBoardLog
from keras_pix2pixhd.png_file import write_png
from tests.callbacks.logged_fit import KnownLogs, logged_fit

tf = pytest.importorskip("tensorflow")


def events(folder):
    """Dict from (run, name) to the points (step, value), as they are read."""
    found = {}
    for path in sorted(folder.rglob("events.out.tfevents.*")):
        for record in tf.data.TFRecordDataset(str(path)).as_numpy_iterator():
            event = tf.compat.v1.Event.FromString(record)
            for value in event.summary.value:
                place = found.setdefault((path.parent.name, value.tag), [])
                array = tf.make_ndarray(value.tensor)
                number = array if array.ndim else float(array)
                place.append((event.step, number))
    return found


def test_all_columns_at_the_steps_of_their_epochs(tmp_path):
    history = logged_fit(TensorBoardLog(tmp_path, every=2))
    found = events(tmp_path)
    assert {name for _, name in found} == {
        "batch/loss",
        "epoch/loss",
        "epoch/learning_rate",
    }
    steps, losses = zip(*found["training", "epoch/loss"], strict=True)
    assert steps == (3, 6)
    assert losses == pytest.approx(history["loss"], rel=1e-6)
    assert found["training", "epoch/learning_rate"] == [(3, 0.25), (6, 0.25)]
    assert [s for s, _ in found["training", "batch/loss"]] == [2, 4, 6]


def test_what_belongs_together_has_one_name_in_several_runs(tmp_path):
    known = KnownLogs(
        generator_loss=8,
        discriminator_loss=1,
        discriminator_real_score=0.5,
        discriminator_fake_score=0.25,
        val_generator_loss=9,
        val_l1=30,
    )
    logged_fit(known, TensorBoardLog(tmp_path), epochs=1)
    found = events(tmp_path)
    both = "both networks/loss"
    scores = "real and fake images/score"
    assert found["generator", both] == [(3, 8)]
    assert found["discriminator", both] == [(3, 1)]
    assert found["real", scores] == [(3, 0.5)]
    assert found["fake", scores] == [(3, 0.25)]
    assert found["training", "epoch/generator_loss"] == [(3, 8)]
    assert found["validation", "epoch/generator_loss"] == [(3, 9)]
    assert found["validation", "epoch/l1"] == [(3, 30)]


def test_a_run_that_goes_on_repeats_no_step(tmp_path):
    logged_fit(TensorBoardLog(tmp_path, every=1), epochs=3)
    logged_fit(
        TensorBoardLog(tmp_path, every=1, start=3), epochs=3, initial_epoch=1
    )
    found = events(tmp_path)
    assert [s for s, _ in found["training", "epoch/loss"]] == [3, 6, 9]
    steps = [s for s, _ in found["training", "batch/loss"]]
    assert steps == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_a_run_that_begins_anew_leaves_nothing_of_the_one_before(tmp_path):
    logged_fit(TensorBoardLog(tmp_path), epochs=3)
    logged_fit(TensorBoardLog(tmp_path), epochs=1)
    found = events(tmp_path)
    assert [s for s, _ in found["training", "epoch/loss"]] == [3]


def test_what_a_kill_left_unfinished_is_dropped(tmp_path):
    logged_fit(TensorBoardLog(tmp_path), epochs=1)
    (path,) = (tmp_path / "training").iterdir()
    whole = path.read_bytes()
    path.write_bytes(whole + whole[-20:-4])
    logged_fit(TensorBoardLog(tmp_path, start=3), epochs=2, initial_epoch=1)
    found = events(tmp_path)
    assert [s for s, _ in found["training", "epoch/loss"]] == [3, 6]


def test_a_second_fit_goes_on(tmp_path):
    log = TensorBoardLog(tmp_path)
    logged_fit(log, epochs=1)
    logged_fit(log, epochs=2, initial_epoch=1)
    steps = [s for s, _ in events(tmp_path)["training", "epoch/loss"]]
    assert steps == [3, 6]


def test_the_sample_grid_is_shown(tmp_path):
    grid = np.arange(18, dtype="uint8").reshape(2, 3, 3)
    write_png(grid, tmp_path / "samples" / "epoch_001.png")
    log = TensorBoardLog(tmp_path / "logs", samples=tmp_path / "samples")
    logged_fit(log, epochs=1)
    ((step, image),) = events(tmp_path / "logs")["training", "samples"]
    width, height, encoded = image.tolist()
    assert (step, width, height) == (3, b"3", b"2")
    assert (tf.io.decode_png(encoded).numpy() == grid).all()


def test_without_tensorflow_it_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    log = TensorBoardLog(tmp_path)
    with pytest.raises(ValueError, match="written by Tens.*pip install tensor"):
        log.on_train_begin()


def test_a_folder_that_cannot_be_written_is_said_before_the_first_step(
    tmp_path,
):
    (tmp_path / "file").write_text("")
    log = TensorBoardLog(tmp_path / "file" / "logs")
    log.set_model(keras.Sequential())
    with pytest.raises(ValueError, match="a folder that can be written. Rec"):
        log.on_train_begin()


def test_what_is_no_folder_is_refused():
    with pytest.raises(ValueError, match="folder must be a path: text.*=None"):
        TensorBoardLog(None)
