import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks.step_log import StepLog
from keras_pix2pixhd.png_file import write_png
from tests.callbacks.logged_fit import KnownLogs, logged_fit


class Notes(StepLog):
    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.notes = []

    def write(self, kind, step, logs):
        self.notes.append((kind, step, sorted(logs)))

    def show(self, step, path):
        self.notes.append(("picture", step, path.name))


def test_batches_that_are_due_and_every_epoch():
    log = Notes(every=2)
    logged_fit(KnownLogs(val_l1=5), log)
    ended = ("epoch", ["learning_rate", "loss", "val_l1"])
    assert log.notes == [
        ("batch", 2, ["loss"]),
        (ended[0], 3, ended[1]),
        ("batch", 4, ["loss"]),
        ("batch", 6, ["loss"]),
        (ended[0], 6, ended[1]),
    ]


def test_a_run_that_goes_on_counts_on_in_several_fits_too():
    log = Notes(every=100, start=97)
    logged_fit(log, epochs=1)
    logged_fit(log, epochs=3, initial_epoch=1)
    assert [note[:2] for note in log.notes] == [
        ("batch", 100),
        ("epoch", 100),
        ("epoch", 103),
        ("epoch", 106),
    ]


@pytest.mark.skipif(
    keras.backend.backend() == "torch",
    reason="Keras executes one step at a time on torch",
)
def test_steps_that_are_executed_together_are_counted():
    log = Notes(every=2)
    logged_fit(log, epochs=1, steps_per_execution=2)
    assert [note[:2] for note in log.notes] == [("batch", 2), ("epoch", 3)]


def test_pictures_of_the_epochs_that_have_one(tmp_path):
    for epoch in (0, 2):
        path = tmp_path / f"epoch_{epoch:03d}.png"
        write_png(np.zeros((2, 3, 3), "uint8"), path)
    log = Notes(every=100, samples=tmp_path)
    logged_fit(log, epochs=3)
    shown = [note[1:] for note in log.notes if note[0] == "picture"]
    assert shown == [(0, "epoch_000.png"), (6, "epoch_002.png")]


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"every": 0}, "every must be an integer, at least 1. Received: every"),
        ({"every": True}, "every must be an integer, at least 1"),
        ({"start": -1}, "start must be an integer, at least 0.*start=-1"),
        ({"start": 1.5}, "start must be an integer, at least 0.*start=1.5"),
        ({"samples": 5}, "samples must be a path: text, or a.*samples=5"),
    ],
)
def test_numbers_out_of_range_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        StepLog(**arguments)
