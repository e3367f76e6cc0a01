"""From a trained coarse model to one of twice the size."""

import keras

from keras_pix2pixhd.models.global_generator import GlobalGenerator
from keras_pix2pixhd.models.local_enhancer import LocalEnhancer
from keras_pix2pixhd.models.multiscale_discriminator import (
    MultiscaleDiscriminator,
)
from keras_pix2pixhd.models.pix2pixhd_gan import Pix2PixHDGAN


def grow_gan(
    gan,
    num_local_residual_blocks=3,
    num_scales=None,
    dtype=None,
    ema_decay=None,
    rematerialize=None,
):
    """Makes a model for images twice as large out of a trained one.

    The generator becomes a `LocalEnhancer` (or gets one more enhancer) with
    the trained weights inside; only the new enhancer and the painting layer
    around it are fresh. The discriminator gets one more scale, the finest,
    fresh; the others see images as large as before and keep their weights.
    The feature encoder is copied. It grows from the trained generator, also
    where that is averaged; the average begins anew.

    Train it with `compile(freeze_steps=...)`, which trains the new enhancer
    alone at first.

    Args:
        gan: `Pix2PixHDGAN` of a `GlobalGenerator` or a `LocalEnhancer`, and
            a `MultiscaleDiscriminator`. It stays as it is. One in a file:
            `load_gan(path)`.
        num_local_residual_blocks: int, default 3. Of the new enhancer.
        num_scales: int or `None` (then one more than before). Scales of the
            discriminator; what is too coarse for them is dropped.
        dtype: dtype policy of the grown model, or `None` (then the same).
        ema_decay: that of the grown model, or `None` (then the same).
        rematerialize: that of the grown generator, or `None` (then the same).

    Returns:
        `Pix2PixHDGAN`, not compiled.

    Raises:
        ValueError: if the model or a network is of another class, or the
            filters of the first layer cannot be halved.

    Reference:
        [Wang et al., 2018](https://arxiv.org/abs/1711.11585), section 3.1;
        `--load_pretrain` of NVIDIA/pix2pixHD.

    Example:

    >>> from keras_pix2pixhd import GlobalGenerator, MultiscaleDiscriminator
    >>> coarse = Pix2PixHDGAN(
    ...     GlobalGenerator(2, filters=4, num_residual_blocks=1),
    ...     MultiscaleDiscriminator(5, filters=4),
    ...     class_table=2,
    ... )
    >>> fine = grow_gan(coarse)
    >>> fine.generator.filters, fine.discriminator.num_scales
    (2, 3)
    """
    if not isinstance(gan, Pix2PixHDGAN):
        raise ValueError(
            "What grows must be a Pix2PixHDGAN. Received: a "
            f"{type(gan).__name__}. One in a file: grow_gan(load_gan(path))."
        )
    dtype = keras.dtype_policies.get(dtype or gan.dtype_policy)
    policy = keras.dtype_policies.serialize(dtype)
    return Pix2PixHDGAN(
        grow_generator(
            gan.generator, num_local_residual_blocks, policy, rematerialize
        ),
        grow_discriminator(gan.discriminator, num_scales, policy),
        gan.class_table,
        label_channels=gan.semantic_input.label_channels,
        use_instance_edges=gan.semantic_input.use_instance_edges,
        feature_encoder=_copy(gan.feature_encoder, policy),
        features_follow=gan.features_follow,
        perceptual_network=gan.perceptual_network,
        ema_decay=gan.ema_decay if ema_decay is None else ema_decay,
        dtype=dtype,
        name=gan.name,
    )


def grow_generator(
    generator, num_local_residual_blocks=3, dtype=None, rematerialize=None
):
    """Wraps a generator into one more enhancer; see `grow_gan`."""
    if not isinstance(generator, (GlobalGenerator, LocalEnhancer)):
        raise ValueError(
            "The generator to grow must be a GlobalGenerator or a "
            f"LocalEnhancer. Received: a {type(generator).__name__}"
        )
    config = _config(generator, dtype)
    if config["filters"] % 2:
        raise ValueError(
            "The generator to grow must have an even number of filters: a "
            "layer at twice the size has half of them. Received: "
            f"filters={config['filters']}"
        )
    if isinstance(generator, GlobalGenerator):
        for name in ("downsamplings", "residual_blocks"):
            config[f"num_global_{name}"] = config.pop(f"num_{name}")
        config["num_enhancers"] = 0
    elif generator.num_local_residual_blocks != num_local_residual_blocks:
        raise ValueError(
            "All enhancers must have the same number of residual blocks. "
            f"Received: num_local_residual_blocks={num_local_residual_blocks} "
            f"for a generator with {generator.num_local_residual_blocks}"
        )
    config["num_enhancers"] += 1
    config["num_local_residual_blocks"] = num_local_residual_blocks
    config["filters"] //= 2
    if rematerialize is not None:
        config["rematerialize"] = rematerialize
    grown = LocalEnhancer.from_config(config)
    for layer in generator.layers:
        if layer.weights and not layer.name.startswith("output_"):
            grown.get_layer(layer.name).set_weights(layer.get_weights())
    return grown


def grow_discriminator(discriminator, num_scales=None, dtype=None):
    """Adds a finest scale to a discriminator; see `grow_gan`."""
    if not isinstance(discriminator, MultiscaleDiscriminator):
        raise ValueError(
            "The discriminator to grow must be a MultiscaleDiscriminator. "
            f"Received: a {type(discriminator).__name__}"
        )
    if num_scales is None:
        num_scales = discriminator.num_scales + 1
    config = {**_config(discriminator, dtype), "num_scales": num_scales}
    grown = MultiscaleDiscriminator.from_config(config)
    for i in range(min(discriminator.num_scales, num_scales - 1)):
        weights = discriminator.get_layer(f"level{i}").get_weights()
        grown.get_layer(f"level{i + 1}").set_weights(weights)
    return grown


def _config(network, dtype):
    config = network.get_config()
    return config if dtype is None else {**config, "dtype": dtype}


def _copy(network, dtype):
    if network is None:
        return None
    copy = type(network).from_config(_config(network, dtype))
    copy.set_weights(network.get_weights())
    return copy
