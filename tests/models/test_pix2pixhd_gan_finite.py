"""A step that is not finite leaves nothing behind."""

import keras
import numpy as np
import pytest
from keras import ops

from keras_pix2pixhd.models import (
    GlobalGenerator,
    ImagePool,
    MultiscaleDiscriminator,
    Pix2PixHDGAN,
)
from tests.small_gan import (
    CLASSES,
    SIZE,
    adam,
    compiled_gan,
    largest_difference,
    small_batch,
    train,
    values,
)

POLICIES = [
    "float32",
    pytest.param("mixed_bfloat16", marks=pytest.mark.slow),
    "mixed_float16",
]


@pytest.fixture(params=POLICIES)
def policy(request):
    if keras.backend.backend() == "torch" and "float16" in request.param:
        pytest.skip("torch has no float16 gradient of convolutions on a CPU.")
    yield from set_policy(request.param)


@pytest.fixture
def float16():
    yield from set_policy("mixed_float16")


def set_policy(name):
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    yield name
    keras.config.set_dtype_policy(before)


def gan_with_everything(**compiling):
    """One with batch statistics, spectral vectors, a pool and an average."""
    keras.utils.set_random_seed(0)
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            CLASSES,
            filters=4,
            num_downsamplings=1,
            num_residual_blocks=1,
            normalization="batch",
        ),
        MultiscaleDiscriminator(
            CLASSES + 3,
            filters=4,
            num_layers=2,
            normalization="batch",
            spectral_normalization=True,
        ),
        CLASSES,
        ema_decay=0.5,
    )
    gan.compile(
        adam(1e-3),
        adam(2e-3),
        image_pool=ImagePool(4, SIZE),
        run_eagerly=True,
        **compiling,
    )
    return gan


def batch_with_nan():
    batch = small_batch()
    batch["image"][0, 3, 4, 1] = np.nan
    return batch


def check_skipped(gan, batch):
    """One step of this batch trains nothing, and all numbers stay finite."""
    states = [
        *gan.trainable_variables,
        *gan.optimizer.inner_optimizer.variables,
    ]
    before = values(states)
    skipped = gan.step_report()["skipped_steps"]
    (logs,) = train(gan, batch)
    assert np.isnan(list(logs.values())).all()
    assert largest_difference(values(states), before) == 0
    assert gan.step_report()["skipped_steps"] == skipped + 1
    kept = {id(v) for v in gan.metrics_variables}
    trained = [v for v in gan.variables if id(v) not in kept]
    for variable in [*trained, *gan.optimizer.variables]:
        assert np.isfinite(ops.convert_to_numpy(variable)).all(), variable.path


def test_nan_in_an_image_leaves_nothing(policy):
    gan = gan_with_everything()
    check_skipped(gan, batch_with_nan())
    logs = train(gan, small_batch(1), steps=6)[-1]
    assert np.isfinite(list(logs.values())).all()
    assert int(gan.generator_optimizer.iterations) > 0


def test_activations_that_overflow_leave_nothing(float16):
    """The first convolution of the generator overflows 65504."""
    gan = gan_with_everything()
    kernel = next(v for v in gan.generator.trainable_variables)
    kernel.assign(np.full(kernel.shape, 4e4, "float32"))
    assert np.isfinite(values([kernel])[0]).all()
    check_skipped(gan, small_batch())


def test_a_loss_scale_that_is_absurd_is_lowered_until_it_fits(float16):
    gan = compiled_gan()
    gan.optimizer.loss_scale.value.assign(2.0**60)
    logs = train(gan, small_batch())[0]
    assert np.isfinite(list(logs.values())).all()
    report = gan.step_report()
    assert (report["skipped_steps"], report["loss_scale"]) == (1, 2.0**59)
    assert int(gan.generator_optimizer.iterations) == 0
    gan.optimizer.loss_scale.value.assign(2.0**10)
    train(gan, small_batch())
    assert int(gan.generator_optimizer.iterations) == 1


def test_means_are_those_of_the_finite_steps():
    batch = small_batch(count=3)
    first = {name: array[:1] for name, array in batch.items()}
    expected = train(compiled_gan(), first)[0]
    batch["image"][1:, 0, 0, 0] = np.nan
    history = compiled_gan().fit(batch, batch_size=1, shuffle=False, verbose=0)
    found = {name: column[0] for name, column in history.history.items()}
    assert found == pytest.approx(expected, rel=1e-6)


def test_evaluation_says_what_is_not_finite():
    logs = compiled_gan().test_on_batch(batch_with_nan(), return_dict=True)
    assert np.isnan(logs["discriminator_real_loss"])


@pytest.mark.slow
def test_compiled_steps_skip_alike():
    gan = compiled_gan(compiling={"run_eagerly": False})
    before = values(gan.trainable_variables)
    batch = small_batch(count=3)
    batch["image"][1, 0, 0, 0] = np.nan
    gan.fit(batch, batch_size=1, verbose=0, shuffle=False)
    assert gan.step_report()["skipped_steps"] == 1
    assert int(gan.generator_optimizer.iterations) == 2
    assert largest_difference(values(gan.trainable_variables), before) > 0


def test_steps_of_one_image_gathered_are_a_step_of_all():
    def trained(batch_size, steps):
        sgd = keras.optimizers.SGD
        gan = compiled_gan(
            compiling={
                "generator_optimizer": sgd(1e-2),
                "discriminator_optimizer": sgd(1e-2),
                "accumulation_steps": steps,
                "clip_norm": 3.0,
            }
        )
        batch = small_batch(count=6)
        gan.fit(batch, batch_size=batch_size, verbose=0, shuffle=False)
        assert int(gan.generator_optimizer.iterations) == 2
        return values(gan.trainable_variables)

    start = values(compiled_gan().trainable_variables)
    whole, gathered = trained(3, 1), trained(1, 3)
    assert largest_difference(whole, start) > 1e-3
    assert largest_difference(gathered, whole) < 1e-6


def test_how_updates_are_made_is_saved(tmp_path):
    gan = compiled_gan(compiling={"accumulation_steps": 2, "clip_norm": 1.5})
    train(gan, small_batch())
    gan.save(tmp_path / "gan.keras")
    loaded = keras.saving.load_model(tmp_path / "gan.keras")
    assert (loaded.accumulation_steps, loaded.clip_norm) == (2, 1.5)
    found, expected = (values(g.optimizer.variables) for g in (loaded, gan))
    assert largest_difference(found, expected) == 0
    for model in (loaded, gan):  # one more step makes the first update
        train(model, small_batch(1))
        assert int(model.generator_optimizer.iterations) == 1
    found, expected = (values(g.trainable_variables) for g in (loaded, gan))
    assert largest_difference(found, expected) < 1e-6
