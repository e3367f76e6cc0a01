"""Residual blocks that are computed twice train to the same weights."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.models import (
    GlobalGenerator,
    LocalEnhancer,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from keras_pix2pixhd.models.growing import grow_generator
from tests.small_gan import (
    CLASSES,
    largest_difference,
    small_batch,
    train,
    values,
)


def global_generator(**arguments):
    keras.utils.set_random_seed(0)
    return GlobalGenerator(
        CLASSES,
        filters=4,
        num_downsamplings=1,
        num_residual_blocks=2,
        **arguments,
    )


def local_enhancer(**arguments):
    keras.utils.set_random_seed(0)
    return LocalEnhancer(
        CLASSES,
        filters=2,
        num_local_residual_blocks=1,
        num_global_downsamplings=1,
        num_global_residual_blocks=1,
        **arguments,
    )


def trained(make, rematerialize, dtype="float32", **compiling):
    """The losses of two steps, and the weights after them."""
    generator = make(rematerialize=rematerialize, dtype=dtype)
    discriminator = MultiscaleDiscriminator(
        CLASSES + 3, filters=4, num_layers=1, num_scales=1, dtype=dtype
    )
    gan = Pix2PixHDGAN(generator, discriminator, CLASSES, dtype=dtype)
    sgd = keras.optimizers.SGD  # whose steps are as long as the gradients
    gan.compile(sgd(0.05), sgd(0.05), **compiling)
    before = values(generator.trainable_variables)
    logs = train(gan, small_batch(), steps=2)
    after = values(generator.trainable_variables)
    moved = [np.abs(x - y).max() for x, y in zip(before, after, strict=True)]
    assert min(moved) > 1e-6
    return logs, after


def check_same(make, **arguments):
    logs, weights = trained(make, True, **arguments)
    expected_logs, expected = trained(make, False, **arguments)
    for found, wanted in zip(logs, expected_logs, strict=True):
        assert found == pytest.approx(wanted, rel=1e-6)
    assert largest_difference(weights, expected) <= 1e-6


def test_an_eager_step_is_the_same():
    check_same(global_generator, run_eagerly=True)


@pytest.mark.slow
@pytest.mark.parametrize("make", [global_generator, local_enhancer])
def test_a_compiled_step_is_the_same(make):
    check_same(make, jit_compile=False)


@pytest.mark.slow
def test_a_step_of_mixed_precision_is_the_same():
    check_same(global_generator, dtype="mixed_bfloat16", jit_compile=False)


@pytest.mark.slow
@pytest.mark.skipif(
    keras.backend.backend() != "tensorflow", reason="XLA of TensorFlow"
)
def test_a_step_of_xla_is_the_same():
    check_same(global_generator, jit_compile=True)


@pytest.mark.parametrize("make", [global_generator, local_enhancer])
def test_the_weights_have_the_same_places(make):
    found, expected = (make(rematerialize=r).variables for r in (True, False))
    assert [v.path for v in found] == [v.path for v in expected]


@pytest.mark.parametrize("make", [global_generator, local_enhancer])
def test_it_comes_back_from_a_file(make, tmp_path):
    make(rematerialize=True).save(tmp_path / "generator.keras")
    loaded = keras.saving.load_model(tmp_path / "generator.keras")
    assert loaded.get_config()["rematerialize"] is True
    assert loaded.get_layer("block1").rematerialize is True


def test_networks_of_before_are_not_rematerialized():
    config = global_generator().get_config()
    del config["rematerialize"]
    loaded = GlobalGenerator.from_config(config)
    assert loaded.get_config()["rematerialize"] is False


def test_growing_keeps_it_or_takes_another():
    coarse = global_generator(rematerialize=True)
    for wanted, expected in ((None, True), (False, False)):
        grown = grow_generator(coarse, 1, rematerialize=wanted)
        assert grown.get_config()["rematerialize"] is expected


@pytest.mark.parametrize("make", [global_generator, local_enhancer])
def test_dropout_cannot_be_rematerialized(make):
    with pytest.raises(ValueError, match="would drop other features"):
        make(dropout=0.5, rematerialize=True)
