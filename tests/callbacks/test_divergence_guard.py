import keras
import numpy as np
import pytest

from keras_pix2pixhd.callbacks import DivergenceGuard, SaveModel
from tests.small_gan import compiled_gan, small_batch


def fit(gan, callbacks, bad=(), steps=8, **arguments):
    """Trains on single images; NaN is in those whose numbers are in `bad`."""
    batch = small_batch(count=steps)
    batch["image"][list(bad), 0, 0, 0] = np.nan
    gan.fit(
        batch,
        batch_size=1,
        shuffle=False,
        verbose=0,
        callbacks=callbacks,
        **arguments,
    )


def test_a_few_skipped_steps_pass():
    gan = compiled_gan()
    fit(gan, [DivergenceGuard(3, every=1)], bad=(1, 2, 4, 5))
    assert gan.step_report()["skipped_steps"] == 4


def test_a_row_of_them_ends_the_run():
    words = (
        "steps? in a row that were not.*up to step 5 of epoch 1. Look for "
        "images.*clip_norm.*The last good model and checkpoint are kept"
    )
    with pytest.raises(ValueError, match="Received: 3 " + words):
        fit(compiled_gan(), [DivergenceGuard(3, every=1)], bad=(2, 3, 4, 5))


class OneByOne(keras.utils.PyDataset):
    def __init__(self, batch):
        super().__init__()
        self.batch = batch

    def __len__(self):
        return len(self.batch["label"])

    def __getitem__(self, index):
        return {k: array[index : index + 1] for k, array in self.batch.items()}


def as_tensors(batch):
    tf = pytest.importorskip("tensorflow")
    return tf.data.Dataset.from_tensor_slices(batch).batch(1)


@pytest.mark.parametrize("make", [OneByOne, as_tensors])
def test_images_of_a_data_set_are_skipped_counted_and_end_the_run(make):
    batch, gan = small_batch(count=4), compiled_gan()
    batch["image"][1, 0, 0, 0] = np.nan
    batch["image"][3, 0, 0, 0] = np.inf
    guard = DivergenceGuard(2, every=1)
    gan.fit(make(batch), shuffle=False, verbose=0, callbacks=[guard])
    assert gan.step_report()["skipped_steps"] == 2
    batch["image"][2, 0, 0, 0] = np.nan
    with pytest.raises(ValueError, match="Received: 2 .* step 3 of epoch 1"):
        gan.fit(make(batch), shuffle=False, verbose=0, callbacks=[guard])


def test_it_looks_only_so_often_and_at_the_end():
    gan = compiled_gan()
    with pytest.raises(ValueError, match="Received: 3 .* step 8 of epoch 1"):
        fit(gan, [DivergenceGuard(2, every=5)], bad=(0, 1, 2, 5, 6, 7))


def test_it_says_the_loss_scale():
    keras.config.set_dtype_policy("mixed_float16")
    try:
        gan = compiled_gan()
    finally:
        keras.config.set_dtype_policy("float32")
    with pytest.raises(ValueError, match="with the loss scale 8192. Look"):
        fit(gan, [DivergenceGuard(2, every=1)], bad=(0, 1), steps=2)


def test_steps_that_are_executed_together_are_counted():
    gan = compiled_gan(compiling={"steps_per_execution": 4})
    with pytest.raises(ValueError, match="Received: 2 .* step 8 of epoch 1"):
        fit(gan, [DivergenceGuard(2, every=1)], bad=(6, 7))


def test_the_last_good_model_is_kept(tmp_path):
    path = tmp_path / "model.keras"
    gan = compiled_gan()
    fit(gan, [SaveModel(path)], steps=1)
    good = path.read_bytes()
    with pytest.raises(ValueError, match="last good model"):
        fit(gan, [DivergenceGuard(2), SaveModel(path)], bad=(0, 1), steps=2)
    assert path.read_bytes() == good


@pytest.mark.parametrize("value", [0, 1.5, float("nan"), "x", None])
@pytest.mark.parametrize("name", ["max_in_a_row", "every"])
def test_what_is_no_number_of_steps_is_refused(name, value):
    words = f"{name} must be an integer, at least 1. Received: {name}={value!r}"
    with pytest.raises(ValueError, match=words):
        DivergenceGuard(**{name: value})


def test_a_model_that_skips_nothing_is_refused():
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    words = "a model that skips steps, a Pix2PixHDGAN. Received: a Sequential"
    with pytest.raises(ValueError, match=words):
        model.fit(
            np.ones((1, 1)),
            np.ones((1, 1)),
            verbose=0,
            callbacks=[DivergenceGuard()],
        )
