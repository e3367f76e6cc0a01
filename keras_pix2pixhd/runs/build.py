"""From a configuration to a compiled model."""

import keras

from keras_pix2pixhd.models import (
    ImagePool,
    LinearDecay,
    Pix2PixHDGAN,
    grow_gan,
)
from keras_pix2pixhd.runs.networks import (
    channels,
    discriminator_arguments,
    dtype_policy,
    generator_arguments,
    make_discriminator,
    make_encoder,
    make_generator,
    make_perceptual_network,
)


def build_gan(config, class_table, steps_per_epoch=None, coarse=None):
    """Makes and compiles the model of a configuration.

    Args:
        config: `RunConfig`.
        class_table: `ClassTable` of the data.
        steps_per_epoch: int; needed where the configuration has
            `decay_epochs` or `freeze_epochs` and no `steps_per_epoch`.
        coarse: `Pix2PixHDGAN` to grow from, or `None` (default).

    Returns:
        A compiled `Pix2PixHDGAN`, its weights drawn from `config.seed`, or
        carried over from `coarse`.

    Raises:
        ValueError: if the networks do not fit the classes, or what grew from
            `coarse` does not fit the configuration, or the weights of the
            perceptual network cannot be had.
    """
    keras.utils.set_random_seed(config.seed)
    if coarse is None:
        gan = _fresh(config, class_table)
    else:
        gan = _grown(config, class_table, coarse)
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
        freeze_steps=config.freeze_epochs and config.freeze_epochs * steps,
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
        dtype=dtype_policy(config),
        name="pix2pixhd",
    )


def _grown(config, class_table, coarse):
    gan = grow_gan(
        coarse,
        config.num_local_residual_blocks,
        config.discriminator_scales,
        dtype=dtype_policy(config),
    )
    _adopt_classes(gan, class_table)
    _check_as_wanted(
        {"generator": gan.generator, "discriminator": gan.discriminator},
        {
            "generator": generator_arguments(config, class_table),
            "discriminator": discriminator_arguments(config, class_table),
        },
    )
    gan.perceptual_network = make_perceptual_network(config)
    return gan


def _adopt_classes(gan, class_table):
    """A model that knows only a number of classes learns their names."""
    if isinstance(gan.class_table, int) and gan.num_classes == len(class_table):
        gan.class_table = class_table
    if gan.class_table != class_table:
        count = gan.num_classes
        what = f"{count} classes, the data has {len(class_table)}"
        if count == len(class_table):
            what = f"{count} classes with other names, ids or colours"
        raise ValueError(
            "The model to grow from must have the class table of the data. "
            f"Received: a model of {what}. Give both the same classes.json."
        )


# constructors' arguments that are called otherwise among the settings
_SETTINGS = {
    "num_global_downsamplings": "num_downsamplings",
    "num_global_residual_blocks": "num_residual_blocks",
    "input_channels": "channels of labels, edges and features",
}


def _check_as_wanted(networks, wanted):
    other = []
    for kind, arguments in wanted.items():
        found = networks[kind].get_config()
        for name, value in arguments.items():
            if found[name] != value:
                setting = _SETTINGS.get(name, name)
                if kind == "discriminator" and name == setting:
                    setting = _DISCRIMINATOR_SETTINGS[name]
                other.append(f"{setting}={found[name]}, not {value}")
    if other:
        raise ValueError(
            "A model that grew from a coarser one must be as the settings "
            f"say. Received: {'; '.join(other)}. Set what it has (--set), or "
            "grow from another model."
        )


_DISCRIMINATOR_SETTINGS = {
    "filters": "discriminator_filters",
    "num_layers": "discriminator_layers",
    "num_scales": "discriminator_scales",
    "kind": "discriminator",
    "normalization": "discriminator_normalization",
    "spectral_normalization": "spectral_normalization",
    "output_activation": "discriminator_output",
}


def _adam(config, learning_rate, steps_per_epoch):
    if config.decay_epochs > 0:
        total = config.steps or config.epochs * steps_per_epoch
        decay = min(config.decay_epochs * steps_per_epoch, total)
        learning_rate = LinearDecay(learning_rate, total - decay, decay)
    return keras.optimizers.Adam(
        learning_rate,
        beta_1=config.beta_1,
        beta_2=config.beta_2,
        epsilon=config.epsilon,
    )
