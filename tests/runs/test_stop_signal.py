import os
import signal
import threading

import keras
import numpy as np
import pytest

from keras_pix2pixhd.runs.stop_signal import StopSignal


def send():
    os.kill(os.getpid(), signal.SIGTERM)


@pytest.fixture
def model():
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    return model


class SendAt(keras.callbacks.Callback):
    """Sends the signal after a batch or an epoch, counted from 0."""

    def __init__(self, batch=None, epoch=None):
        super().__init__()
        self.batch, self.epoch, self.seen = batch, epoch, []

    def on_train_batch_end(self, batch, logs=None):
        self.seen.append(batch)
        if batch == self.batch:
            send()

    def on_epoch_end(self, epoch, logs=None):
        if epoch == self.epoch:
            send()


def fit(model, stop, callback):
    model.fit(
        np.zeros((4, 1)),
        np.zeros((4, 1)),
        batch_size=1,
        epochs=3,
        callbacks=[callback, stop],
        verbose=0,
    )


def test_a_signal_ends_at_once_where_nothing_is_deferred():
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as end:
        with StopSignal():
            send()
            raise AssertionError("not reached")
    assert end.value.code == 143
    assert signal.getsignal(signal.SIGTERM) is before


def test_in_the_middle_of_an_epoch_it_ends_after_a_checkpoint(model):
    saved, callback = [], SendAt(batch=1)
    stop = StopSignal(save=lambda: saved.append(len(callback.seen)))
    with pytest.raises(SystemExit) as end:
        with stop, stop.deferred():
            fit(model, stop, callback)
    assert (end.value.code, saved, callback.seen) == (143, [2], [0, 1])


@pytest.mark.parametrize("when", [{"batch": 3}, {"epoch": 0}])
def test_at_the_end_of_an_epoch_it_ends_when_all_is_written(model, when):
    saved, callback = [], SendAt(**when)
    stop = StopSignal(save=lambda: saved.append(1))
    with pytest.raises(SystemExit) as end:
        with stop, stop.deferred():
            fit(model, stop, callback)
    assert (end.value.code, saved) == (143, [])
    assert callback.seen == [0, 1, 2, 3]


def test_a_signal_after_the_last_epoch_is_not_lost():
    stop = StopSignal()
    with pytest.raises(SystemExit), stop, stop.deferred():
        send()


def test_without_a_signal_nothing_ends(model):
    stop, callback = StopSignal(), SendAt()
    with stop, stop.deferred():
        fit(model, stop, callback)
    assert callback.seen == [0, 1, 2, 3] * 3


def test_another_thread_leaves_signals_alone():
    before = signal.getsignal(signal.SIGTERM)
    found = []

    def enter():
        with StopSignal():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert found == [before]


def test_while_a_step_is_finished_the_first_signal_is_answered(capfd):
    with pytest.raises(SystemExit), StopSignal() as stop, stop.deferred():
        send()
        assert capfd.readouterr().err == "stopping after this step\n"
        send()
    assert capfd.readouterr().err == ""
