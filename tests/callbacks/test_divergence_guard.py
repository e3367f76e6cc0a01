import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import DivergenceGuard, SaveModel


def fit(targets, callbacks):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    inputs = np.ones((len(targets), 1), "float32")
    targets = np.array(targets, "float32")
    model.fit(
        inputs,
        targets,
        batch_size=1,
        shuffle=False,
        verbose=0,
        callbacks=callbacks,
    )


def test_finite_losses_pass():
    fit([0.0, 1.0], [DivergenceGuard()])


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_the_error_names_the_step_and_the_loss(bad):
    with pytest.raises(ValueError, match="not finite at step 2: loss. Lower"):
        fit([0.0, bad, 0.0], [DivergenceGuard()])


def test_the_last_good_model_is_kept(tmp_path):
    path = tmp_path / "model.keras"
    fit([0.0], [SaveModel(path)])
    good = path.read_bytes()
    with pytest.raises(ValueError, match="last whole epoch is kept"):
        fit([0.0, np.nan], [DivergenceGuard(), SaveModel(path)])
    assert path.read_bytes() == good
