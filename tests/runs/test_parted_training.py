"""Callbacks of several calls of `fit`, and the bars between them."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.runs.parted_training import PartedTraining
from keras_pix2pixhd.runs.segments import Segment


class Stop(keras.callbacks.Callback):
    """Ends a training as Ctrl-C does."""

    def on_train_batch_end(self, batch, logs=None):
        if batch == 1:
            raise KeyboardInterrupt


def train(bars, callbacks=()):
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    training = PartedTraining(list(callbacks), model, bars)
    data = ((np.zeros((1, 1)), np.zeros((1, 1))) for _ in range(2))
    training.begin()
    with training.own_line():
        training.fit(data, Segment(0, 1, 2, 0, 1), 1)
    return training


def test_without_bars_nothing_is_printed(capsys):
    train(bars=False)
    assert capsys.readouterr().out == ""
    with pytest.raises(KeyboardInterrupt):
        train(False, [Stop()])
    assert capsys.readouterr().out == ""


def test_what_is_said_after_a_bar_has_its_own_line(capsys):
    with pytest.raises(KeyboardInterrupt):
        train(True, [Stop()])
    out = capsys.readouterr().out
    assert "1/2" in out and out.endswith("\n")
    training = train(True)
    capsys.readouterr()
    with pytest.raises(ValueError), training.own_line():
        raise ValueError
    assert capsys.readouterr().out == ""
