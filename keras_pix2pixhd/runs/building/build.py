"""From a configuration to a compiled model."""

import keras

from keras_pix2pixhd.layers import DiffAugment
from keras_pix2pixhd.models import ImagePool, Pix2PixHDGAN
from keras_pix2pixhd.runs.building.grown import grown_gan
from keras_pix2pixhd.runs.building.learning_rates import learning_rate
from keras_pix2pixhd.runs.building.networks import (
    channels,
    dtype_policy,
    make_discriminator,
    make_encoder,
    make_generator,
    make_perceptual_network,
)


def build_gan(config, class_table, steps_per_epoch=None, coarse=None):
    """Makes and compiles the model of a configuration.

    Args:
        config: `RunConfig`.
        class_table: `ClassTable` of the data; `None` where it has images in
            place of label maps.
        steps_per_epoch: int; needed where the configuration has
            `decay_epochs` or `freeze_epochs` and no `steps_per_epoch`.
        coarse: `Pix2PixHDGAN` to grow from, or `None` (default).

    Returns:
        A compiled `Pix2PixHDGAN`, its weights drawn from `config.seed`, or
        carried over from `coarse`.

    Raises:
        ValueError: if the networks do not fit the classes, or what grew from
            `coarse` does not fit the configuration, or the weights of the
            perceptual network cannot be had, or `schedule` is none.
    """
    keras.utils.set_random_seed(config.seed)
    if coarse is None:
        gan = _fresh(config, class_table)
    else:
        gan = grown_gan(config, class_table, coarse)
    steps = steps_per_epoch or config.steps_per_epoch
    gan.compile(
        _adam(config, config.generator_learning_rate, steps),
        _adam(config, config.discriminator_learning_rate, steps),
        adversarial_loss=config.adversarial_loss,
        adversarial_weight=config.adversarial_weight,
        feature_matching_weight=config.feature_matching_weight,
        perceptual_weight=config.perceptual_weight,
        r1_weight=config.r1_weight,
        image_pool=_image_pool(config),
        diff_augment=_diff_augment(config),
        freeze_steps=config.freeze_epochs and config.freeze_epochs * steps,
        accumulation_steps=config.accumulation_steps,
        clip_norm=config.clip_norm or None,
        steps_per_execution=config.steps_per_execution,
        jit_compile={"true": True, "false": False}.get(
            config.jit_compile, config.jit_compile
        ),
    )
    return gan


def _image_pool(config):
    if not config.image_pool_size:
        return None
    if config.image_pool_size < config.batch_size:
        raise ValueError(
            "image_pool_size must be 0 or at least batch_size. Received: "
            f"image_pool_size={config.image_pool_size}, "
            f"batch_size={config.batch_size}"
        )
    return ImagePool(config.image_pool_size, config.image_size, config.seed)


def _diff_augment(config):
    if config.diff_augment == "none":
        return None
    return DiffAugment(config.diff_augment, config.seed)


def _fresh(config, class_table):
    follow = "labels" if config.features == "labels" else "instances"
    return Pix2PixHDGAN(
        make_generator(config, class_table),
        make_discriminator(config, class_table),
        class_table,
        label_channels=channels(config, class_table)[0],
        use_instance_edges=config.use_instance_edges,
        feature_encoder=make_encoder(config),
        features_follow=follow,
        perceptual_network=make_perceptual_network(config),
        ema_decay=config.ema_decay,
        dtype=dtype_policy(config),
        name="pix2pixhd",
    )


def _adam(config, rate, steps_per_epoch):
    return keras.optimizers.Adam(
        learning_rate(config, rate, steps_per_epoch),
        beta_1=config.beta_1,
        beta_2=config.beta_2,
        epsilon=config.epsilon,
    )
