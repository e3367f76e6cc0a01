"""Networks to files that the reference loads."""

from keras_pix2pixhd.converters.slots import slots
from keras_pix2pixhd.converters.state_dicts import write_state_dict
from keras_pix2pixhd.models import (
    GlobalGenerator,
    InstanceFeatureEncoder,
    LocalEnhancer,
    MultiscaleDiscriminator,
)

MOST_FILTERS = 512


def save_nvidia_generator(network, path):
    """Writes a generator as a state dict of the reference.

    Its class loads the file with `load_state_dict(strict=True)`. Biases in
    front of an instance normalization, which our networks leave out, are
    zeros. Dropout has no weights and the reference's generators never ask
    for it, so the file is that of a network without.

    Args:
        network: `GlobalGenerator` or `LocalEnhancer`, with instance or batch
            normalization, reflection padding and transposed convolutions. Of
            a `Pix2PixHDGAN`: its `inference_generator`, or, to train on
            there, its `generator`.
        path: path of the file, such as `latest_net_G.pth`; written whole or
            not at all.

    Raises:
        ValueError: if the reference has no such network, torch is not
            installed, or the file cannot be written.

    Example:

    ```python
    save_nvidia_generator(gan.inference_generator, "mine/latest_net_G.pth")
    ```
    """
    write_state_dict(generator_state_dict(network), path)


def save_nvidia_encoder(network, path):
    """Writes a feature encoder as a state dict of the reference.

    Args:
        network: `InstanceFeatureEncoder`, with instance or batch
            normalization, reflection padding and transposed convolutions.
        path: path of the file, such as `latest_net_E.pth`.

    Raises:
        ValueError: as `save_nvidia_generator`.

    Example:

    ```python
    save_nvidia_encoder(gan.feature_encoder, "latest_net_E.pth")
    ```
    """
    write_state_dict(encoder_state_dict(network), path)


def save_nvidia_discriminator(network, path, feature_matching=True):
    """Writes discriminators as a state dict of the reference.

    Args:
        network: `MultiscaleDiscriminator` with instance or batch
            normalization.
        path: path of the file, such as `latest_net_D.pth`.
        feature_matching: bool, default True. Whether the reference will load
            it to train with feature matching, which gives the keys other
            names. With it the reference leaves a sigmoid out.

    Raises:
        ValueError: as `save_nvidia_generator`.

    Example:

    ```python
    save_nvidia_discriminator(gan.discriminator, "latest_net_D.pth")
    ```
    """
    write_state_dict(discriminator_state_dict(network, feature_matching), path)


def generator_state_dict(network):
    """What `save_nvidia_generator` writes: key -> array, in torch's layout."""
    _check_class(network, GlobalGenerator, LocalEnhancer)
    _check_config(network)
    return _state_dict(network)


def encoder_state_dict(network):
    """What `save_nvidia_encoder` writes."""
    _check_class(network, InstanceFeatureEncoder)
    _check_config(network)
    return _state_dict(network)


def discriminator_state_dict(network, feature_matching=True):
    """What `save_nvidia_discriminator` writes."""
    _check_class(network, MultiscaleDiscriminator)
    _check_config(network)
    if network.filters > MOST_FILTERS:
        raise ValueError(
            f"The reference caps a discriminator at {MOST_FILTERS} filters. "
            f"Received: filters={network.filters}"
        )
    if network.output_activation == "sigmoid" and feature_matching:
        raise ValueError(
            "With feature matching the reference leaves the sigmoid out. "
            "Received: output_activation='sigmoid', feature_matching=True. "
            "Pass feature_matching=False, and train there with "
            "--no_ganFeat_loss --no_lsgan."
        )
    return _state_dict(network, feature_matching=feature_matching)


def _state_dict(network, **style):
    return {
        slot.key: slot.array()
        for slot in slots(network, **style)
        if slot.written
    }


def _check_class(network, *classes):
    if not isinstance(network, classes):
        names = " or ".join(kind.__name__ for kind in classes)
        raise ValueError(
            f"The network must be a {names}. Received: {type(network).__name__}"
        )


# what the reference's networks have, by the name of our argument
_REFERENCE = {
    "upsampling": ("transposed",),
    "padding": ("reflect",),
    "normalization": ("instance", "batch"),
    "spectral_normalization": (False,),
    "kind": ("patch",),
}


def _check_config(network):
    config = network.get_config()
    for name, known in _REFERENCE.items():
        if name in config and config[name] not in known:
            raise ValueError(
                f"The reference's networks have {name}="
                f"{' or '.join(map(repr, known))}. Received: "
                f"{name}={config[name]!r}. Keep such a network as .keras, or "
                f"train one with {name}={known[0]!r}."
            )
