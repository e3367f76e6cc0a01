"""Trainings of every kind go on to the bit."""

import keras
import numpy as np
import pytest

from keras_pix2pixhd.checkpoints import restore_checkpoint, save_checkpoint
from keras_pix2pixhd.checkpoints.gan_state import parts_of
from keras_pix2pixhd.models import (
    GlobalGenerator,
    ImagePool,
    LocalEnhancer,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
)
from keras_pix2pixhd.optimizers import LinearDecay
from tests.small_gan import (
    CLASSES,
    SIZE,
    adam,
    compiled_gan,
    small_batch,
    values,
    write_vgg19_prefix,
)

SMALL = {"filters": 4, "num_downsamplings": 1, "num_residual_blocks": 1}


def made(compiling=None, generator=None, discriminator=None, **arguments):
    """A GAN of another kind, as if its process had just begun."""
    keras.utils.set_random_seed(0)
    gan = Pix2PixHDGAN(
        generator or GlobalGenerator(CLASSES, dropout=0.5, **SMALL),
        MultiscaleDiscriminator(
            CLASSES + 3, filters=4, num_layers=2, **(discriminator or {})
        ),
        CLASSES,
        **arguments,
    )
    gan.compile(
        **{
            "generator_optimizer": adam(LinearDecay(1e-3, 2, 4)),
            "discriminator_optimizer": adam(2e-3),
            "run_eagerly": True,
            **(compiling or {}),
        }
    )
    return gan


def dropping_out():
    return made()


def judging_spectrally():
    return made(
        {"adversarial_loss": "hinge", "image_pool": ImagePool(2, SIZE)},
        discriminator={"spectral_normalization": True},
    )


def normalizing_batches():
    return made(
        {"r1_weight": 0.1},
        GlobalGenerator(CLASSES, normalization="batch", **SMALL),
        {"normalization": "batch"},
    )


def frozen_at_first():
    return made(
        {"freeze_steps": 3},
        LocalEnhancer(
            CLASSES,
            filters=2,
            num_local_residual_blocks=1,
            num_global_downsamplings=1,
            num_global_residual_blocks=1,
        ),
    )


def averaging():
    return made(ema_decay=0.9)


def of_half_precision():
    return compiled_gan(dtype="mixed_float16")


def accumulating():
    return made({"accumulation_steps": 2, "clip_norm": 0.5})


def train(gan, seeds):
    """A step on another batch for each seed; the means run on."""
    logs = [
        gan.train_on_batch(small_batch(seed, 1), return_dict=True)
        for seed in seeds
    ]
    return [{name: float(x) for name, x in step.items()} for step in logs]


def state(gan):
    variables = [part.variable for part in parts_of(gan)]
    return dict(enumerate(values(variables)))


KINDS = [
    dropping_out,
    judging_spectrally,
    normalizing_batches,
    frozen_at_first,
    averaging,
    of_half_precision,
    accumulating,
]


@pytest.mark.slow
@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_a_training_goes_on_to_the_bit(make, tmp_path):
    """Three steps, and three after the checkpoint."""
    gan = make()
    train(gan, [0, 1, 2])
    save_checkpoint(gan, tmp_path, (0, 3, 3))
    losses = train(gan, [3, 4, 5])

    again = make()
    assert restore_checkpoint(again, tmp_path).position.step == 3
    assert train(again, [3, 4, 5]) == losses
    np.testing.assert_equal(state(again), state(gan))


@pytest.mark.slow
def test_the_perceptual_loss_stays_calibrated(tmp_path):
    """Where a training goes on, the first images are others."""
    path = write_vgg19_prefix(tmp_path / "vgg.npz")

    def make():
        return compiled_gan(perceptual_network=PerceptualNetwork(path))

    gan = make()
    gan.fit(small_batch(0), verbose=0)
    save_checkpoint(gan, tmp_path, (1, 0, 1))
    again = make()
    restore_checkpoint(again, tmp_path)
    network = again.perceptual_network
    assert network.tap_means == gan.perceptual_network.tap_means
    again.fit(small_batch(1), verbose=0)
    gan.fit(small_batch(1), verbose=0)
    np.testing.assert_equal(state(again), state(gan))
    other = PerceptualNetwork(write_vgg19_prefix(tmp_path / "o.npz", seed=1))
    third = compiled_gan(perceptual_network=other)
    restore_checkpoint(third, tmp_path)
    with pytest.raises(ValueError, match="must be those that the model was"):
        third.fit(small_batch(1), verbose=0)


def test_a_loss_scale_that_has_fallen_stays_low(tmp_path):
    """One of float16, with a step that overflows before the checkpoint."""
    gan = of_half_precision()
    train(gan, [0])
    scale = gan.step_report()["loss_scale"]
    bad = small_batch(1, 1)
    bad["image"][:] = np.nan
    gan.train_on_batch(bad)
    report = gan.step_report()
    assert report["loss_scale"] == scale / 2 and report["skipped_steps"] == 1
    save_checkpoint(gan, tmp_path, (0, 2, 2))
    again = of_half_precision()
    restore_checkpoint(again, tmp_path)
    assert again.step_report() == report
