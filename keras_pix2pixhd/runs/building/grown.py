"""A model that grew from a coarser one, checked against the settings."""

from keras_pix2pixhd.models import grow_gan
from keras_pix2pixhd.runs.building.networks import (
    channels,
    discriminator_arguments,
    dtype_policy,
    generator_arguments,
    make_perceptual_network,
)


def grown_gan(config, class_table, coarse):
    """Grows a model, and checks that it is as the configuration says.

    Args:
        config: `RunConfig`.
        class_table: `ClassTable` of the data, or `None`.
        coarse: `Pix2PixHDGAN` to grow from.

    Returns:
        `Pix2PixHDGAN`, not compiled.

    Raises:
        ValueError: if its classes or a setting differ.
    """
    gan = grow_gan(
        coarse,
        config.num_local_residual_blocks,
        config.discriminator_scales,
        dtype=dtype_policy(config),
        ema_decay=config.ema_decay,
        rematerialize=config.rematerialize,
    )
    _adopt_classes(gan, class_table)
    labels, _, features = channels(config, class_table)
    found = {
        "label_channels": gan.semantic_input.label_channels,
        "use_instance_edges": gan.semantic_input.use_instance_edges,
        "feature_channels": gan.feature_channels,
    }
    wanted = {
        "label_channels": labels,
        "use_instance_edges": config.use_instance_edges,
        "feature_channels": features,
    }
    if features and gan.feature_channels:
        found["features"] = gan.features_follow
        wanted["features"] = config.features
        found |= _settings_of(gan.feature_encoder, _ENCODER_SETTINGS)
        wanted |= {s: getattr(config, s) for s in _ENCODER_SETTINGS.values()}
    _check_as_wanted(gan, found, wanted, config, class_table)
    gan.perceptual_network = make_perceptual_network(config)
    return gan


def _adopt_classes(gan, class_table):
    """A model that knows only a number of classes learns their names."""
    wanted = None if class_table is None else len(class_table)
    count = gan.num_classes
    if isinstance(gan.class_table, int) and count == wanted:
        gan.class_table = class_table
    if gan.class_table != class_table:
        what = f"{count or 'no'} classes, the data has {wanted or 'none'}"
        if count == wanted:
            what = f"{count} classes with other names, ids or colours"
        raise ValueError(
            "The model to grow from must have the class table of the data. "
            f"Received: a model of {what}. Give both the same classes.json."
        )


# constructors' arguments that are called otherwise among the settings
_GENERATOR_SETTINGS = {
    "num_global_downsamplings": "num_downsamplings",
    "num_global_residual_blocks": "num_residual_blocks",
}
_DISCRIMINATOR_SETTINGS = {
    "filters": "discriminator_filters",
    "num_layers": "discriminator_layers",
    "num_scales": "discriminator_scales",
    "kind": "discriminator",
    "normalization": "discriminator_normalization",
    "output_activation": "discriminator_output",
}
_ENCODER_SETTINGS = {
    "filters": "encoder_filters",
    "num_downsamplings": "encoder_downsamplings",
}


def _settings_of(network, names):
    config = network.get_config()
    return {setting: config[name] for name, setting in names.items()}


def _check_as_wanted(gan, found, wanted, config, class_table):
    """Refuses what grew, if a setting says otherwise."""
    for network, arguments, names in (
        (
            gan.generator,
            generator_arguments(config, class_table),
            _GENERATOR_SETTINGS,
        ),
        (
            gan.discriminator,
            discriminator_arguments(config, class_table),
            _DISCRIMINATOR_SETTINGS,
        ),
    ):
        del arguments["input_channels"]  # the sum of what is compared above
        names = {name: names.get(name, name) for name in arguments}
        found |= _settings_of(network, names)
        wanted |= {names[name]: value for name, value in arguments.items()}
    other = [
        f"{setting}={found[setting]}, not {value}"
        for setting, value in wanted.items()
        if found[setting] != value
    ]
    if other:
        raise ValueError(
            "A model that grew from a coarser one must be as the settings "
            f"say. Received: {'; '.join(other)}. Set what it has (--set), or "
            "grow from another model."
        )
