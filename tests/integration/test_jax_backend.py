"""The main job on JAX, compiled, without TensorFlow.

Runs where Keras runs on JAX: `KERAS_BACKEND=jax pytest tests/integration`, in
an environment that need not have TensorFlow.
"""

import subprocess
import sys

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import PerceptualNetwork
from tests.golden import loading
from tests.golden_training import TorchAdam, golden_batch, golden_gan, terms
from tests.small_gan import (
    compiled_gan,
    largest_difference,
    small_batch,
    train,
    values,
    write_vgg19_prefix,
)

pytestmark = pytest.mark.skipif(
    keras.backend.backend() != "jax",
    reason="Keras does not run on JAX here: set KERAS_BACKEND=jax.",
)
IMPORT = """
import sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("tensorflow", "torch"):
            raise ImportError(f"{name} is not installed")

sys.meta_path.insert(0, Refuse())
import keras_pix2pixhd
import keras_pix2pixhd.data
import keras_pix2pixhd.losses
import keras_pix2pixhd.models
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A GAN with every part, trained for two epochs; and its history."""
    path = write_vgg19_prefix(tmp_path_factory.mktemp("vgg") / "vgg.npz")
    gan = compiled_gan(
        use_instance_edges=True,
        perceptual_network=PerceptualNetwork(path),
        compiling={"run_eagerly": False, "jit_compile": True},
    )
    start = values(gan.trainable_variables)
    history = gan.fit(
        small_batch(count=4, instance=True),
        batch_size=2,
        epochs=2,
        validation_data=small_batch(1, instance=True),
        verbose=0,
    ).history
    return gan, start, history


def test_package_needs_neither_tensorflow_nor_torch():
    process = subprocess.run(
        [sys.executable, "-c", IMPORT], capture_output=True, text=True
    )
    assert process.returncode == 0, process.stderr


def test_fit_trains_both_networks_on_arrays(run):
    gan, start, history = run
    pairs = zip(start, values(gan.trainable_variables), strict=True)
    assert all(not np.array_equal(x, y) for x, y in pairs)
    assert all(np.isfinite(column).all() for column in history.values())
    assert {"perceptual_loss", "val_perceptual_loss"} < set(history)
    iterations = (
        gan.generator_optimizer.iterations,
        gan.discriminator_optimizer.iterations,
    )
    assert [int(n) for n in iterations] == [4, 4]


def test_evaluate_changes_no_weight(run):
    gan, _, history = run
    before = values(gan.trainable_variables + gan.optimizer.variables)
    logs = gan.evaluate(
        small_batch(1, instance=True), return_dict=True, verbose=0
    )
    assert logs["loss"] == pytest.approx(history["val_loss"][-1], rel=1e-5)
    after = values(gan.trainable_variables + gan.optimizer.variables)
    assert largest_difference(before, after) == 0


def test_generate_gives_pixels(run):
    gan, *_ = run
    batch = small_batch(instance=True)
    pixels = gan.generate(batch["label"], batch["instance"])
    assert pixels.dtype == np.uint8
    assert pixels.shape == (2, 32, 32, 3)


def test_saved_model_takes_the_same_next_step(run, tmp_path):
    gan, *_ = run
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    batch = small_batch(2, instance=True)
    found, expected = (train(model, batch)[0] for model in (loaded, gan))
    assert found == pytest.approx(expected, rel=1e-5)
    pixels = [
        model.generate(batch["label"], batch["instance"]).astype(int)
        for model in (loaded, gan)
    ]
    assert np.abs(pixels[0] - pixels[1]).max() <= 1


def test_five_steps_are_the_references():
    cases = loading.cases()
    batch = golden_batch(cases)
    gan = golden_gan(
        lambda: TorchAdam(2e-3, 0.5, 0.999, epsilon=1e-8), jit_compile=True
    )
    found = terms(train(gan, batch, steps=5))
    np.testing.assert_allclose(found, cases["trajectory"], rtol=1e-5)
    painted = ops.convert_to_numpy(gan.predict_on_batch(batch))
    np.testing.assert_allclose(painted, cases["train_end_out"], atol=1e-4)
