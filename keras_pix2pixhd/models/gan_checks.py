"""What a `Pix2PixHDGAN` refuses."""

import keras

from keras_pix2pixhd.losses import LSGANLoss

ADVERSARIAL_LOSSES = {"lsgan": LSGANLoss}


def check_channels(generator, discriminator, semantic_input):
    """Refuses networks whose channels do not fit the labels."""
    semantic = semantic_input.channels
    image = generator.output_shape[-1]
    parts = f"{semantic_input.label_channels} label channels" + (
        " + 1 of instance edges" if semantic_input.use_instance_edges else ""
    )
    wanted = {"generator": semantic, "discriminator": semantic + image}
    networks = {"generator": generator, "discriminator": discriminator}
    for name, network in networks.items():
        received = network.input_shape[-1]
        if received != wanted[name]:
            extra = "" if name == "generator" else f" + {image} of the image"
            raise ValueError(
                f"The {name} must have {wanted[name]} input channels: "
                f"{parts}{extra}. Received: a {name} with {received}. Make "
                f"it with input_channels={wanted[name]}, or give "
                "label_channels."
            )


def check_image(batch):
    """Refuses a batch to train on that has no image."""
    if "image" not in batch:
        raise ValueError(
            "A batch to train or evaluate on must have the key 'image', "
            "(batch, height, width, 3) in [-1, 1]. Received a batch with the "
            f"keys {sorted(batch)}."
        )


def checked_weights(**weights):
    """Returns the weights of the losses, all finite and at least 0."""
    for name, weight in weights.items():
        if not 0 <= weight < float("inf"):
            raise ValueError(
                f"{name}_weight must be a finite number of at least 0. "
                f"Received: {name}_weight={weight}"
            )
    return weights


def adversarial_loss_of(identifier):
    """Returns the adversarial loss of a short name, or the loss itself."""
    if all(hasattr(identifier, m) for m in ("real", "fake", "generator")):
        return identifier
    if not isinstance(identifier, str) or identifier not in ADVERSARIAL_LOSSES:
        raise ValueError(
            "adversarial_loss must be one of "
            f"{', '.join(ADVERSARIAL_LOSSES)}, or an object with the methods "
            "real, fake and generator. Received: "
            f"adversarial_loss={identifier!r}"
        )
    return ADVERSARIAL_LOSSES[identifier]()


def deserialized(config):
    """Makes the objects of a configuration again; plain values stay."""
    return {
        name: keras.saving.deserialize_keras_object(value)
        if isinstance(value, dict) and "class_name" in value
        else value
        for name, value in config.items()
    }
