import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import LossHistory, StopAtStep, WholeEpochs


def fit(count, callbacks, **arguments):
    model = keras.Sequential([keras.layers.Dense(1)])
    model.compile("sgd", "mse", steps_per_execution=arguments.pop("at_once", 1))
    batches = ((np.zeros((1, 1)), np.zeros((1, 1))) for _ in range(count))
    model.fit(batches, callbacks=callbacks, verbose=0, **arguments)


@pytest.mark.filterwarnings("ignore:Your input ran out of data")
def test_a_data_set_that_ends_early_is_refused_before_it_is_logged(tmp_path):
    history = LossHistory(tmp_path / "history.csv")
    with pytest.raises(ValueError) as error:
        fit(5, [WholeEpochs(), history], steps_per_epoch=4, epochs=2)
    text = str(error.value)
    assert "Received: 1 batches for the 4 steps of epoch 2. Look" in text
    assert len((tmp_path / "history.csv").read_text().splitlines()) == 2


def test_whole_epochs_pass():
    fit(4, [WholeEpochs()], steps_per_epoch=2, epochs=2)
    fit(4, [WholeEpochs()], steps_per_epoch=4, at_once=2)


def test_a_training_that_is_stopped_passes():
    fit(4, [WholeEpochs(), StopAtStep(1)], steps_per_epoch=4)


def test_an_epoch_of_unknown_length_passes():
    fit(3, [WholeEpochs()])
