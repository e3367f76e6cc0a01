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


@pytest.mark.parametrize("steps", [0, 1.5, "x", None])
def test_what_is_no_number_of_steps_is_refused(steps):
    words = f"steps must be an integer, at least 1. Received: steps={steps!r}"
    with pytest.raises(ValueError, match=words):
        StopAtStep(steps)
