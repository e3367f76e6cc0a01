import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import StopAtStep


@pytest.mark.parametrize(
    "steps, epochs", [(1, 1), (3, 1), (4, 2), (5, 2), (6, 2), (99, 4)]
)
def test_training_stops_exactly_there(steps, epochs):
    """Three steps an epoch, four epochs, so twelve steps at the most."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    history = model.fit(
        np.ones((3, 1)),
        np.ones((3, 1)),
        batch_size=1,
        epochs=4,
        verbose=0,
        callbacks=[StopAtStep(steps)],
    )
    assert int(model.optimizer.iterations) == min(steps, 12)
    assert len(history.history["loss"]) == epochs


def test_less_than_a_step_is_refused():
    with pytest.raises(ValueError, match="at least 1. Received: 0"):
        StopAtStep(0)
