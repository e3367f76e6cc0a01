"""Keras' own callbacks know nothing of two networks, and need not."""

import csv

import keras
import numpy as np
import pytest
from keras.callbacks import (
    BackupAndRestore,
    Callback,
    CSVLogger,
    EarlyStopping,
    LambdaCallback,
    ModelCheckpoint,
    TerminateOnNaN,
)

from tests.small_gan import (
    compiled_gan,
    largest_difference,
    small_batch,
    values,
)


class Crash(Callback):
    """Power goes out at the start of an epoch."""

    def __init__(self, epoch):
        super().__init__()
        self.epoch = epoch

    def on_epoch_begin(self, epoch, logs=None):
        if epoch == self.epoch:
            raise KeyboardInterrupt


def everything(gan):
    """Weights and the state of both optimizers."""
    return values([*gan.trainable_variables, *gan.optimizer.variables])


def test_checkpoint_keeps_the_best_whole_model(tmp_path):
    gan = compiled_gan()
    gan.fit(
        small_batch(),
        validation_data=small_batch(1),
        epochs=2,
        verbose=0,
        callbacks=[
            ModelCheckpoint(
                tmp_path / "{epoch}.keras", monitor="val_loss", mode="min"
            )
        ],
    )
    loaded = keras.saving.load_model(tmp_path / "2.keras")
    assert largest_difference(everything(loaded), everything(gan)) == 0
    assert int(loaded.generator_optimizer.iterations) == 2


def test_interrupted_run_ends_where_a_whole_one_does(tmp_path):
    def fit(*callbacks, epochs=3):
        gan = compiled_gan()
        epochs_seen = []
        seen = LambdaCallback(on_epoch_begin=lambda e, _: epochs_seen.append(e))
        gan.fit(
            small_batch(),
            epochs=epochs,
            verbose=0,
            callbacks=[*callbacks, seen],
        )
        return everything(gan), epochs_seen

    expected, _ = fit()
    with pytest.raises(KeyboardInterrupt):
        fit(BackupAndRestore(tmp_path / "backup"), Crash(epoch=2))
    found, epochs_seen = fit(BackupAndRestore(tmp_path / "backup"))
    assert epochs_seen == [2]
    assert largest_difference(found, expected) <= 1e-6


def test_nan_from_the_first_step_on_ends_the_run():
    gan = compiled_gan()
    batch = small_batch()
    batch["image"][0, 0, 0, 0] = np.nan
    gan.fit(batch, epochs=3, verbose=0, callbacks=[TerminateOnNaN()])
    assert gan.stop_training
    assert int(gan.generator_optimizer.iterations) == 0


def test_csv_holds_every_loss(tmp_path):
    gan = compiled_gan()
    history = gan.fit(
        small_batch(),
        epochs=2,
        verbose=0,
        callbacks=[CSVLogger(tmp_path / "log.csv")],
    ).history
    with open(tmp_path / "log.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {"epoch", *history} <= set(rows[0])
    for name, column in history.items():
        assert [float(row[name]) for row in rows] == pytest.approx(column)


def test_early_stopping_has_its_val_loss():
    gan = compiled_gan()
    history = gan.fit(
        small_batch(),
        validation_data=small_batch(),
        epochs=4,
        verbose=0,
        callbacks=[EarlyStopping(min_delta=1e6)],
    ).history
    assert len(history["val_loss"]) == 2
