"""What one backend has saved, another trains on.

Of each backend there are a model and a checkpoint in tests/golden/backends,
saved after three steps, in the middle of two whose gradients are averaged.
"""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.checkpoints import restore_checkpoint
from keras_pix2pixhd.generation import load_gan
from tests.backend_gans import moving_gan, painted, train_on
from tests.golden.backends.write import AFTER, FOLDER
from tests.small_gan import compiled_gan

BACKENDS = ("tensorflow", "jax", "torch")
HERE = keras.backend.backend()


def assert_goes_on(gan):
    """Three more steps, with an update of gradients from both sides."""
    assert int(gan.generator_optimizer.iterations) == 1
    assert int(gan.image_pool.count) == 3
    terms = train_on(gan, AFTER, small=True)
    images = painted(gan)
    with np.load(FOLDER / "moved.npz") as expected:
        np.testing.assert_allclose(terms, expected["terms"], rtol=1e-4)
        np.testing.assert_allclose(images, expected["painted"], atol=1e-3)
    assert int(gan.generator_optimizer.iterations) == 3


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_model_trains_on(backend):
    gan = load_gan(FOLDER / f"{backend}.keras", compile=True)
    gan.run_eagerly = HERE != "jax"
    assert_goes_on(gan)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_checkpoint_is_gone_on_from(backend):
    gan = moving_gan(run_eagerly=HERE != "jax")
    last = restore_checkpoint(gan, FOLDER / backend)
    assert (last.backend, last.position.step) == (backend, 3)
    assert_goes_on(gan)


@pytest.mark.parametrize("backend", BACKENDS)
def test_how_it_is_compiled_is_left_to_the_backend_at_hand(backend):
    gan = load_gan(FOLDER / f"{backend}.keras", compile=True)
    assert gan.get_compile_config()["jit_compile"] == "auto"
    assert gan.jit_compile is (HERE == "jax")


def test_steps_are_taken_together_only_where_that_can_be(tmp_path):
    gan = compiled_gan(compiling={"steps_per_execution": 2})
    gan.save(tmp_path / "gan.keras")
    loaded = load_gan(tmp_path / "gan.keras", compile=True)
    assert loaded.steps_per_execution == (1 if HERE == "torch" else 2)
