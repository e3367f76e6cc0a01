"""The networks of a configuration."""

from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
    PerceptualNetwork,
)


def dtype_policy(config):
    """Returns the name of the dtype policy."""
    if config.mixed_precision == "none":
        return "float32"
    return f"mixed_{config.mixed_precision}"


def channels(config, class_table):
    """Returns the channels of (labels, condition, features)."""
    if class_table is None and config.label_channels not in (None, 3):
        raise ValueError(
            "label_channels must be null or 3 for data without classes: the "
            "condition is an RGB image. Received: "
            f"label_channels={config.label_channels}. "
            "--set label_channels=null"
        )
    classes = 3 if class_table is None else len(class_table)
    labels = config.label_channels or classes
    condition = labels + int(config.use_instance_edges)
    features = 0 if config.features == "none" else config.feature_channels
    return labels, condition, features


def generator_arguments(config, class_table):
    """Returns the arguments of the generator's class, a dict."""
    _, condition, features = channels(config, class_table)
    local = config.generator == "local"
    inner = "global_" if local else ""
    enhancers = {
        "num_enhancers": config.num_enhancers,
        "num_local_residual_blocks": config.num_local_residual_blocks,
    }
    return {
        "input_channels": condition + features,
        "filters": config.filters,
        f"num_{inner}downsamplings": config.num_downsamplings,
        f"num_{inner}residual_blocks": config.num_residual_blocks,
        **(enhancers if local else {}),
        "normalization": config.normalization,
        "dropout": config.dropout,
        "padding": config.padding,
        "upsampling": config.upsampling,
        "rematerialize": config.rematerialize,
    }


def discriminator_arguments(config, class_table):
    """Returns the arguments of `MultiscaleDiscriminator`, a dict."""
    _, condition, _ = channels(config, class_table)
    output = config.discriminator_output
    return {
        "input_channels": condition + 3,
        "filters": config.discriminator_filters,
        "num_layers": config.discriminator_layers,
        "num_scales": config.discriminator_scales,
        "kind": config.discriminator,
        "normalization": config.discriminator_normalization,
        "spectral_normalization": config.spectral_normalization,
        "output_activation": None if output == "none" else output,
    }


def make_generator(config, class_table):
    """Makes the generator, its weights fresh."""
    local = config.generator == "local"
    return (LocalEnhancer if local else GlobalGenerator)(
        **generator_arguments(config, class_table),
        dtype=dtype_policy(config),
        name="generator",
    )


def make_discriminator(config, class_table):
    """Makes the discriminator, its weights fresh."""
    return MultiscaleDiscriminator(
        **discriminator_arguments(config, class_table),
        dtype=dtype_policy(config),
        name="discriminator",
    )


def make_encoder(config):
    """Makes the feature encoder, or returns None."""
    if config.features == "none":
        return None
    return InstanceFeatureEncoder(
        feature_channels=config.feature_channels,
        filters=config.encoder_filters,
        num_downsamplings=config.encoder_downsamplings,
        normalization=config.normalization,
        padding=config.padding,
        upsampling=config.upsampling,
        dtype=dtype_policy(config),
        name="feature_encoder",
    )


def make_perceptual_network(config):
    """Makes the VGG19 of the perceptual loss, or returns None."""
    if config.perceptual == "none":
        return None
    network = PerceptualNetwork(
        config.perceptual,
        preprocessing=config.perceptual_preprocessing,
        normalization=config.perceptual_normalization,
    )
    network.build()
    return network
