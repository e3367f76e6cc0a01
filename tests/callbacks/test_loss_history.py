import csv

import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import LossHistory
from keras_pix2pixhd.checkpoints import Position


def train(path, epochs, steps_per_execution=1, initial_epoch=0):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile(
        "sgd",
        "mse",
        steps_per_execution=steps_per_execution,
        jit_compile=False,  # takes seconds, for nothing here
    )
    data = np.ones((6, 1), "float32"), np.zeros((6, 1), "float32")
    history = LossHistory(path)
    fitted = model.fit(
        *data,
        batch_size=2,
        initial_epoch=initial_epoch,
        epochs=epochs,
        verbose=0,
        callbacks=[history],
    )
    return fitted.history["loss"]


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_an_epoch_with_the_steps_so_far(tmp_path):
    losses = train(tmp_path / "history.csv", epochs=2)
    found = rows(tmp_path / "history.csv")
    assert [(row["epoch"], row["steps"]) for row in found] == [
        ("1", "3"),
        ("2", "6"),
    ]
    for row, loss in zip(found, losses, strict=True):
        assert abs(float(row["loss"]) - loss) <= 1e-5 * loss


def test_a_file_that_exists_goes_on(tmp_path):
    train(tmp_path / "history.csv", epochs=1)
    train(tmp_path / "history.csv", epochs=1)
    assert [row["epoch"] for row in rows(tmp_path / "history.csv")] == ["1"] * 2


@pytest.mark.skipif(
    keras.backend.backend() == "torch",
    reason="Keras executes one step at a time on torch",
)
@pytest.mark.parametrize("at_once", [2, 3])
def test_steps_that_are_executed_together_are_counted(tmp_path, at_once):
    path = tmp_path / "history.csv"
    train(path, epochs=2, steps_per_execution=at_once)
    assert [row["steps"] for row in rows(path)] == ["3", "6"]


def test_the_steps_of_a_run_that_goes_on_go_on(tmp_path):
    path = tmp_path / "history.csv"
    train(path, epochs=2)
    train(path, epochs=4, initial_epoch=2)
    assert [(row["epoch"], row["steps"]) for row in rows(path)] == [
        ("1", "3"),
        ("2", "6"),
        ("3", "9"),
        ("4", "12"),
    ]


def test_what_cannot_be_written_is_said_before_the_first_step(tmp_path):
    history = LossHistory(tmp_path / "none" / "history.csv")
    with pytest.raises(ValueError, match="a folder that exists. Received: "):
        history.on_train_begin()
    path = tmp_path / "history.csv"
    path.write_text("epoch,steps\n1,3,8\n")
    with pytest.raises(ValueError, match=r"the 2 columns.*\['1', '3', '8'\]"):
        LossHistory(path).on_train_begin()
    path.write_text("")
    LossHistory(path).on_train_begin()


def write(path, *epochs):
    """Rows of these logs."""
    history = LossHistory(path)
    for epoch, logs in enumerate(epochs):
        history.on_epoch_begin(epoch)
        history.on_train_batch_end(0)
        history.on_epoch_end(epoch, logs)


def test_a_column_may_come_later_or_be_absent(tmp_path):
    path = tmp_path / "history.csv"
    write(path, {"loss": 1.5}, {"loss": 0.5, "val_l1": 8.0}, {"loss": 0.25})
    assert path.read_bytes().decode() == (
        "epoch,steps,loss,val_l1\r\n1,1,1.5,\r\n2,2,0.5,8\r\n3,3,0.25,\r\n"
    )


def test_a_file_that_goes_on_keeps_the_columns_that_are_no_more(tmp_path):
    path = tmp_path / "history.csv"
    write(path, {"loss": 1.0, "old": 2.0})
    write(path, {"new": 3.0, "loss": 4.0})
    assert rows(path) == [
        {"epoch": "1", "steps": "1", "loss": "1", "old": "2", "new": ""},
        {"epoch": "1", "steps": "1", "loss": "4", "old": "", "new": "3"},
    ]


def test_a_row_that_cannot_be_written_leaves_the_file_whole(tmp_path):
    class Bad:
        def __format__(self, how):
            return "\ud800"  # no file can hold it

    path = tmp_path / "history.csv"
    write(path, {"loss": 1.0})
    before = path.read_bytes()
    with pytest.raises(UnicodeEncodeError):
        write(path, {"loss": 2.0, "more": Bad()})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_epochs_that_are_trained_again_have_one_row(tmp_path):
    path, whole = tmp_path / "history.csv", tmp_path / "whole.csv"
    train(path, epochs=3)
    train(path, epochs=3, initial_epoch=1)
    train(whole, epochs=1)
    # the weights begin anew, so these are the losses of the first two epochs
    train(whole, epochs=3, initial_epoch=1)
    assert path.read_bytes() == whole.read_bytes()
    assert [(row["epoch"], row["steps"]) for row in rows(path)] == [
        ("1", "3"),
        ("2", "6"),
        ("3", "9"),
    ]


def test_a_training_goes_on_in_the_middle_of_an_epoch(tmp_path):
    path = tmp_path / "history.csv"
    write(path, {"loss": 1.0}, {"loss": 2.0}, {"loss": 3.0})
    history = LossHistory(path, start=Position(1, 7, 27))
    for epoch, batch in ((1, 12), (2, 19)):  # 13 of 20 steps are left
        history.on_epoch_begin(epoch)
        history.on_train_batch_end(batch)
        history.on_epoch_end(epoch, {"loss": 4.0})
    found = [(row["epoch"], row["steps"], row["loss"]) for row in rows(path)]
    assert found == [("1", "1", "1"), ("2", "40", "4"), ("3", "60", "4")]


def test_a_training_that_is_resumed_at_its_begin_has_no_row_yet(tmp_path):
    path = tmp_path / "history.csv"
    write(path, {"loss": 1.0})
    LossHistory(path, start=Position(0, 0, 0)).on_epoch_begin(0)
    assert rows(path) == []


@pytest.mark.parametrize(
    "content, words",
    [
        (b"epoch,steps\n" + b"a" * 200_000, "field larger than field limit"),
        (b"\xff\xfe\x00", "can't decode byte 0xff"),
        (b"epoch,steps\nabc,3\n", "Received: epoch 'abc'. Put it back"),
        (b"epoch,steps\n1.0,3\n", "Received: epoch '1.0'"),
        (b"epoch,steps\n1,\n", "Received: steps ''"),
        (b"epoch,steps\n-1,3\n", "Received: epoch '-1'"),
        (b"foo,bar\n1,2\n", "Received: the columns foo, bar. Put it back"),
        (b"\n1,2\n", "Received: the columns none"),
    ],
)
def test_a_file_that_is_no_history_is_named_and_left(tmp_path, content, words):
    path = tmp_path / "history.csv"
    path.write_bytes(content)
    for start in (None, Position(1, 0, 3)):
        with pytest.raises(ValueError, match=words) as error:
            LossHistory(path, start).on_train_begin()
        assert f'"{path}" must be a table with a row an epoch' in str(
            error.value
        )
        assert len(str(error.value)) < 400
    assert path.read_bytes() == content


def test_a_folder_in_the_place_of_the_history_is_named(tmp_path):
    with pytest.raises(ValueError, match="must be a table.*Is a directory"):
        LossHistory(tmp_path).on_train_begin()


@pytest.mark.parametrize(
    "rows, found",
    [("", r"\[\]"), ("1,3\n", r"\[1\]"), ("1,3\n1,3\n2,6\n", r"\[1, 1, 2\]")],
)
def test_epochs_that_ended_must_have_their_rows(tmp_path, rows, found):
    path = tmp_path / "history.csv"
    path.write_text(f"epoch,steps\n{rows}")
    words = f"each of the 2 epochs that ended. Received: .* epochs {found}. Put"
    with pytest.raises(ValueError, match=words):
        LossHistory(path, Position(2, 1, 7)).on_train_begin()
    path.write_text("epoch,steps\n1,3\n2,6\n3,9\n")
    LossHistory(path, Position(2, 1, 7)).on_train_begin()


def test_a_history_that_is_gone_is_missed(tmp_path):
    history = LossHistory(tmp_path / "history.csv", Position(1, 0, 3))
    with pytest.raises(ValueError, match=r"of the epochs \[\]. Put it back"):
        history.on_train_begin()


def test_what_is_no_path_or_no_position_is_refused():
    with pytest.raises(ValueError, match="path must be a path: text.*=None"):
        LossHistory(None)
    words = "start must be a Position, or its three numbers.*start=3"
    with pytest.raises(ValueError, match=words):
        LossHistory("f.csv", start=3)
    words = "start: epoch must be an integer, at least 0. Received.*=-1"
    with pytest.raises(ValueError, match=words):
        LossHistory("f.csv", start=Position(-1, 0, 0))
