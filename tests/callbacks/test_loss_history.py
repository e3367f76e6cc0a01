import csv

import keras
import numpy as np

from keras_pix2pixhd.callbacks import LossHistory


def train(path, epochs):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    data = np.ones((6, 1), "float32"), np.zeros((6, 1), "float32")
    history = LossHistory(path)
    fitted = model.fit(
        *data, batch_size=2, epochs=epochs, verbose=0, callbacks=[history]
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
