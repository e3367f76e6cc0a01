"""Training with half the bytes."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import PerceptualNetwork
from tests.layer_checks import dtype_of
from tests.small_gan import (
    adam,
    check_saved_once,
    compiled_gan,
    largest_difference,
    small_batch,
    train,
    values,
    write_vgg19_prefix,
)

POLICIES = ["mixed_bfloat16", "mixed_float16"]


@pytest.fixture(params=POLICIES)
def policy(request):
    yield from set_policy(request.param)


@pytest.fixture
def float16():
    yield from set_policy("mixed_float16")


def set_policy(name):
    if keras.backend.backend() == "torch" and name == "mixed_float16":
        pytest.skip("torch has no float16 gradient of convolutions on a CPU.")
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    yield name
    keras.config.set_dtype_policy(before)


def test_losses_are_finite_and_float32(policy):
    gan = compiled_gan()
    batch = small_batch()
    loss = gan.compute_loss(batch, y_pred=gan(batch))
    assert keras.backend.standardize_dtype(loss.dtype) == "float32"
    assert all(np.isfinite(list(train(gan, batch, 2)[-1].values())))
    assert {v.dtype for v in gan.trainable_variables} == {"float32"}


def test_losses_are_those_of_single_precision(policy):
    found = train(compiled_gan(), small_batch())[0]
    keras.config.set_dtype_policy("float32")
    expected = train(compiled_gan(), small_batch())[0]
    assert found == pytest.approx(expected, rel=0.05)


def test_what_is_half_and_what_is_not(policy):
    """The dtypes that flow: all inside is half, all that comes out is not."""
    gan, half = compiled_gan(), policy.removeprefix("mixed_")
    batch = small_batch()
    vectors = gan.semantic_input(batch)
    inside = keras.Model(
        gan.generator.inputs,
        [gan.generator.get_layer(n).output for n in ("input_relu", "tanh")],
    )(vectors)
    assert [dtype_of(x) for x in inside] == [half, "float32"]
    seen = ops.concatenate([vectors, ops.cast(batch["image"], half)], axis=-1)
    for maps in gan.discriminator(seen):
        assert [dtype_of(x) for x in maps] == [half] * 3 + ["float32"]


def test_images_are_float32(policy):
    gan = compiled_gan()
    batch = small_batch()
    assert ops.convert_to_numpy(gan(batch)).dtype == np.float32
    assert gan.generate(batch["label"]).dtype == np.uint8


def test_every_trainable_variable_moves(policy):
    gan = compiled_gan()
    before = values(gan.trainable_variables)
    train(gan, small_batch(), steps=6)  # float16 looks for its scale first
    pairs = zip(before, values(gan.trainable_variables), strict=True)
    assert all(not np.array_equal(x, y) for x, y in pairs)


def test_perceptual_network_joins(policy, tmp_path):
    path = write_vgg19_prefix(tmp_path / "vgg.npz")
    gan = compiled_gan(perceptual_network=PerceptualNetwork(path))
    logs = gan.fit(small_batch(), verbose=0).history
    assert np.isfinite(logs["perceptual_loss"]).all()


def test_model_comes_back_whatever_the_policy_then(policy, tmp_path):
    gan = compiled_gan()
    train(gan, small_batch(), steps=6)
    gan.save(tmp_path / "gan.keras")
    check_saved_once(gan, tmp_path / "gan.keras")
    keras.config.set_dtype_policy("float32")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    assert loaded.dtype_policy.name == gan.dtype_policy.name == policy
    assert loaded.semantic_input.compute_dtype == gan.compute_dtype
    found, expected = (values(g.optimizer.variables) for g in (loaded, gan))
    assert largest_difference(found, expected) == 0
    found, expected = (train(g, small_batch(1)) for g in (loaded, gan))
    assert found[0] == pytest.approx(expected[0], rel=1e-5)


def test_float16_scales_the_loss_around_both_optimizers(float16):
    first, second = adam(1e-3), adam(2e-3)
    gan = compiled_gan(
        compiling={
            "generator_optimizer": first,
            "discriminator_optimizer": second,
        }
    )
    assert float(gan.optimizer.loss_scale.value) == 2**15
    assert gan.optimizer.inner_optimizer.optimizers == [first, second]
    assert gan.generator_optimizer is first
    assert gan.discriminator_optimizer is second
    train(gan, small_batch(), steps=6)
    assert int(first.iterations) == int(second.iterations) > 0


def test_step_that_overflows_is_skipped_at_half_the_scale(float16):
    gan = compiled_gan()
    scale = float(gan.optimizer.loss_scale.value)
    before = values(gan.trainable_variables)
    batch = small_batch()
    batch["image"][0, 0, 0] = np.nan
    train(gan, batch)
    assert largest_difference(values(gan.trainable_variables), before) == 0
    assert gan.step_report()["loss_scale"] == scale / 2


def test_loss_scaling_can_be_left_out(float16, tmp_path):
    gan = compiled_gan(compiling={"auto_scale_loss": False})
    train(gan, small_batch())
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    assert gan.optimizer.loss_scale is None
    assert loaded.optimizer.loss_scale is None
    assert "loss_scale" not in loaded.step_report()
    found, expected = (values(g.optimizer.variables) for g in (loaded, gan))
    assert largest_difference(found, expected) == 0
