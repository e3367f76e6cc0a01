"""From a configuration to a compiled model."""

import keras

from keras_pix2pixhd.models import (
    GlobalGenerator,
    LinearDecay,
    MultiscaleDiscriminator,
    PerceptualNetwork,
    Pix2PixHDGAN,
)


def build_gan(config, class_table, steps_per_epoch=None):
    """Makes and compiles the model of a configuration.

    Args:
        config: `RunConfig`.
        class_table: `ClassTable` of the data.
        steps_per_epoch: int; needed where the configuration has
            `decay_epochs` and no `steps_per_epoch`.

    Returns:
        A compiled `Pix2PixHDGAN`, its weights drawn from `config.seed`.

    Raises:
        ValueError: if the networks do not fit the classes, or the weights
            of the perceptual network cannot be had.
    """
    keras.utils.set_random_seed(config.seed)
    policy = _dtype_policy(config)
    label_channels = config.label_channels or len(class_table)
    channels = label_channels + int(config.use_instance_edges)
    gan = Pix2PixHDGAN(
        GlobalGenerator(
            channels,
            filters=config.filters,
            num_downsamplings=config.num_downsamplings,
            num_residual_blocks=config.num_residual_blocks,
            dtype=policy,
            name="generator",
        ),
        MultiscaleDiscriminator(
            channels + 3,
            filters=config.discriminator_filters,
            num_layers=config.discriminator_layers,
            num_scales=config.discriminator_scales,
            dtype=policy,
            name="discriminator",
        ),
        class_table,
        label_channels=label_channels,
        use_instance_edges=config.use_instance_edges,
        perceptual_network=_perceptual_network(config),
        dtype=policy,
        name="pix2pixhd",
    )
    gan.compile(
        _adam(config, config.generator_learning_rate, steps_per_epoch),
        _adam(config, config.discriminator_learning_rate, steps_per_epoch),
        adversarial_loss=config.adversarial_loss,
        adversarial_weight=config.adversarial_weight,
        feature_matching_weight=config.feature_matching_weight,
        perceptual_weight=config.perceptual_weight,
    )
    return gan


def _dtype_policy(config):
    if config.mixed_precision == "none":
        return "float32"
    return f"mixed_{config.mixed_precision}"


def _adam(config, learning_rate, steps_per_epoch):
    if config.decay_epochs > 0:
        steps = steps_per_epoch or config.steps_per_epoch
        total = config.steps or config.epochs * steps
        decay = min(config.decay_epochs * steps, total)
        learning_rate = LinearDecay(learning_rate, total - decay, decay)
    return keras.optimizers.Adam(
        learning_rate,
        beta_1=config.beta_1,
        beta_2=config.beta_2,
        epsilon=config.epsilon,
    )


def _perceptual_network(config):
    if config.perceptual == "none":
        return None
    network = PerceptualNetwork(
        config.perceptual,
        preprocessing=config.perceptual_preprocessing,
        normalization=config.perceptual_normalization,
    )
    network.build()
    return network
