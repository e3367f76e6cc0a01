import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import StepReport, TrainingCheckpoint
from keras_pix2pixhd.checkpoints import (
    Position,
    list_checkpoints,
    restore_checkpoint,
)
from tests.small_gan import compiled_gan, small_batch, values

STEPS = 2  # of an epoch


class KilledError(Exception):
    pass


class KillAt(keras.callbacks.Callback):
    def __init__(self, epoch, batch):
        super().__init__()
        self.at = epoch, batch

    def on_epoch_begin(self, epoch, logs=None):
        self.epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if (self.epoch, batch) == self.at:
            raise KilledError


def batches(start=0):
    """Another batch in every step, from the one that `start` names."""
    while True:
        yield (small_batch(seed=start, count=1),)
        start += 1


def fit(gan, start, callbacks, initial_epoch=0, epochs=2, steps=STEPS):
    gan.fit(
        batches(start),
        epochs=epochs,
        initial_epoch=initial_epoch,
        steps_per_epoch=steps,
        shuffle=False,
        verbose=0,
        callbacks=callbacks,
    )


def steps(folder):
    return [int(path.stem[5:]) for path in list_checkpoints(folder)]


def test_a_training_killed_in_an_epoch_ends_as_if_it_had_not_been(tmp_path):
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    fit(compiled_gan(), 0, [TrainingCheckpoint(whole, every=3)])
    kill = KillAt(epoch=1, batch=1)  # step 4; the last checkpoint is of 3
    with pytest.raises(KilledError):
        fit(compiled_gan(), 0, [kill, TrainingCheckpoint(parts, every=3)])
    assert steps(parts) == [2, 3]

    gan = compiled_gan()
    last = restore_checkpoint(gan, parts)
    assert last.position == Position(epoch=1, step_in_epoch=1, step=3)
    callback = TrainingCheckpoint(parts, every=3, resume=last)
    fit(gan, 3, [callback], initial_epoch=1, steps=1)
    assert callback.position == Position(2, 0, 4)
    assert steps(parts) == [3, 4]
    # all variables, and the means of the losses over the whole epoch
    name = "step-00000004.npz"
    assert (parts / name).read_bytes() == (whole / name).read_bytes()


def test_the_last_and_the_best_are_kept(tmp_path):
    class Score(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            logs["val_psnr"] = [20.0, 30.0, 25.0][epoch]

    best_file = tmp_path / "best.keras"
    kernels = []
    keep_kernel = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, logs: kernels.append(
            values(gan.generator.weights)[0]
        )
    )
    gan = compiled_gan()
    callback = TrainingCheckpoint(
        tmp_path / "all", monitor="val_psnr", keep=1, best_file=best_file
    )
    fit(gan, 0, [Score(), keep_kernel, callback], epochs=3, steps=1)
    assert steps(tmp_path / "all") == [2, 3]
    assert callback.best == {
        "monitor": "val_psnr",
        "value": 30.0,
        "epoch": 2,
        "step": 2,
    }
    saved = values(keras.saving.load_model(best_file).generator.weights)
    assert np.array_equal(saved[0], kernels[1])

    last = restore_checkpoint(compiled_gan(), tmp_path / "all")
    again = TrainingCheckpoint(
        tmp_path / "all", monitor="val_psnr", resume=last
    )
    assert again.best == callback.best
    other = TrainingCheckpoint(tmp_path / "all", monitor="loss", resume=last)
    assert other.best == {}


def test_an_epoch_that_was_cut_short_is_not_done(tmp_path):
    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            self.model.stop_training = batch == 0

    gan = compiled_gan()
    callback = TrainingCheckpoint(tmp_path)
    gan.fit(
        batches(),
        steps_per_epoch=STEPS,
        validation_data=small_batch(),
        shuffle=False,
        verbose=0,
        callbacks=[Stop(), callback],
    )
    assert callback.position == Position(0, 1, 1)
    # the means are those of training, not those of the validation
    again = compiled_gan()
    last = restore_checkpoint(again, tmp_path)
    assert last.position == Position(0, 1, 1)
    means = {v.path: float(value) for v, value in last.running}
    assert means["generator_loss/count"] == 1
    total = means["generator_loss/total"]
    assert np.float32(total) == np.float32(callback.logs["generator_loss"])


def test_what_others_count_in_an_epoch_is_left_to_them(tmp_path):
    """As StepReport, whose norms begin anew after each epoch."""
    logs = []
    for more in ([], [TrainingCheckpoint(tmp_path)]):
        history = keras.callbacks.History()
        fit(compiled_gan(), 0, [StepReport(), history, *more], steps=1)
        logs.append(history.history["generator_gradient_norm"])
    assert logs[0] == logs[1]
    assert logs[0][0] != logs[0][1]


class Noted(TrainingCheckpoint):
    """Notes where it would write, of a model without variables."""

    def __init__(self, *arguments, **settings):
        super().__init__(*arguments, **settings)
        self.saved = []
        self.set_model(Empty())

    def save(self):
        self.saved.append(tuple(self.position))

    def epoch(self, epoch, steps, ends):
        """Goes through an epoch whose executions end at these batches."""
        self.set_params({"steps": steps})
        self.on_epoch_begin(epoch)
        for batch in ends:
            self.on_train_batch_end(batch)
        self.on_epoch_end(epoch, {})


class Empty:
    """A model that is nothing but compiled."""

    def __init__(self):
        self.variables = self.metrics_variables = []
        self.optimizer = self
        self.stop_training = False


def test_of_batches_executed_together_the_last_counts():
    callback = Noted("x", every=3)
    callback.epoch(0, 6, [1, 3, 5])
    callback.epoch(1, 7, [2, 5, 8])  # the last two batches are none
    assert callback.saved == [
        (0, 4, 4),
        (1, 0, 6),
        (1, 3, 9),
        (1, 6, 12),
        (2, 0, 13),
    ]


def test_a_last_epoch_of_fewer_steps_is_not_done():
    callback = Noted("x", steps_per_epoch=3)
    callback.epoch(0, 3, [0, 1, 2])
    callback.epoch(1, 2, [0, 1])
    callback.epoch(1, 1, [0])  # as a later training goes on
    assert callback.saved == [(1, 0, 3), (1, 2, 5), (2, 0, 6)]


def test_epochs_of_unknown_length_end_where_they_end():
    callback = Noted("x")
    callback.epoch(0, None, [0, 1])
    callback.model.stop_training = True  # as a callback before this one says
    callback.epoch(1, None, [0])
    assert callback.saved == [(1, 0, 2), (1, 1, 3)]


def test_a_training_that_begins_takes_no_folder_of_another(tmp_path):
    gan = compiled_gan()
    fit(gan, 0, [TrainingCheckpoint(tmp_path)], epochs=1, steps=1)
    with pytest.raises(ValueError, match="without any.*resume=restore_check"):
        fit(gan, 0, [TrainingCheckpoint(tmp_path)], epochs=1, steps=1)


def test_bad_arguments_are_refused(tmp_path):
    for bad in ({"every": 0}, {"keep": 0}, {"keep": None}, {"every": True}):
        (name, value), *_ = bad.items()
        words = f"{name} must be an integer, at least 1. .*{name}={value}"
        with pytest.raises(ValueError, match=words):
            TrainingCheckpoint(tmp_path, **bad)
    with pytest.raises(ValueError, match=r"must end in \.keras"):
        TrainingCheckpoint(tmp_path, monitor="loss", best_file="best.h5")
    for steps in (-3, 0, 1.5, "x"):
        words = f"steps_per_epoch must be an integer, at least 1.*={steps!r}"
        with pytest.raises(ValueError, match=words):
            TrainingCheckpoint(tmp_path, steps_per_epoch=steps)


@pytest.mark.parametrize(
    "arguments, words",
    [
        ({"folder": None}, "folder must be a path: text.*folder=None"),
        (
            {"resume": "run"},
            "resume must be what restore_checkpoint returned, or None. "
            "Received: resume='run'. Pass resume=restore_checkpoint",
        ),
        ({"monitor": 5}, "monitor must be the name of a number in the logs"),
        ({"best_file": 5, "monitor": "loss"}, "path must be a path: text.*=5"),
        ({"settings": "x"}, "settings must be a dict that JSON can hold.*='x'"),
        ({"settings": {1: {2}}}, "settings must be a dict that JSON can hold"),
    ],
)
def test_arguments_of_another_kind_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        TrainingCheckpoint(**{"folder": "x", **arguments})


def test_another_model_is_refused_before_its_first_step(tmp_path):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    one, callbacks = np.ones((1, 1)), [TrainingCheckpoint(tmp_path)]
    words = "must be of a Pix2PixHDGAN. Received: Sequential. Other models"
    with pytest.raises(ValueError, match=words):
        model.fit(one, one, verbose=0, callbacks=callbacks)
    assert int(model.optimizer.iterations) == 0
