"""What a `Pix2PixHDGAN` refuses to be made of."""

import operator

import keras

from keras_pix2pixhd.argument_checks import is_float32


def number_of_classes(class_table):
    """Returns how many classes a `ClassTable` or a number stands for.

    `None` is a model without classes, and stays.
    """
    if class_table is None:
        return None
    if hasattr(class_table, "names"):
        return len(class_table)
    try:
        return operator.index(class_table)
    except TypeError:
        raise ValueError(
            "class_table must be a ClassTable or the number of classes, or "
            "None for a model that paints from images. "
            f"Received: class_table={class_table!r}"
        ) from None


def check_networks(generator, discriminator, perceptual_network):
    """Refuses what is no network, or the other one."""
    for name, network in (
        ("generator", generator),
        ("discriminator", discriminator),
    ):
        built = isinstance(network, keras.Model) and network.built
        image = built and not isinstance(network.output_shape, list)
        if not built or image != (name == "generator"):
            raise ValueError(
                f"The {name} must be a built keras.Model, such as "
                "GlobalGenerator for the generator and MultiscaleDiscriminator "
                f"for the discriminator. Received: {name}={network!r}"
            )
    if generator.output_shape[-1] != 3:
        raise ValueError(
            "The generator must paint images of 3 channels. Received: one of "
            f"{generator.output_shape[-1]}."
        )
    if isinstance(perceptual_network, (str, keras.Model)):
        raise ValueError(
            "perceptual_network must be a PerceptualNetwork or None. Received: "
            f"{perceptual_network!r}. Make one with "
            "PerceptualNetwork(weights)."
        )


def check_encoder(encoder, follow, num_classes):
    """Refuses what is no feature encoder, or follows what there is not."""
    if follow not in ("instances", "labels"):
        raise ValueError(
            "features_follow must be 'instances' or 'labels'. Received: "
            f"features_follow={follow!r}"
        )
    if encoder is None:
        return
    if follow == "labels" and num_classes is None:
        raise ValueError(
            "Features that follow labels are for models with classes. "
            "Received: features_follow='labels' for a model with "
            "class_table=None. Let them follow instances."
        )
    built = isinstance(encoder, keras.Model) and encoder.built
    inputs = getattr(encoder, "inputs", ())
    if not built or len(inputs) != 2 or inputs[0].shape[-1] != 3:
        raise ValueError(
            "feature_encoder must be a built keras.Model of an image of 3 "
            "channels and its instance ids, such as InstanceFeatureEncoder, "
            "or None. "
            f"Received: feature_encoder={encoder!r}"
        )


def check_channels(generator, discriminator, semantic_input):
    """Refuses networks whose channels do not fit the labels."""
    condition = semantic_input.condition_channels
    image = generator.output_shape[-1]
    parts = f"{semantic_input.label_channels} label channels" + (
        " + 1 of instance edges" if semantic_input.use_instance_edges else ""
    )
    features = semantic_input.feature_channels
    extras = {
        "generator": f" + {features} of features" if features else "",
        "discriminator": f" + {image} of the image",
    }
    wanted = {
        "generator": semantic_input.channels,
        "discriminator": condition + image,
    }
    networks = {"generator": generator, "discriminator": discriminator}
    for name, network in networks.items():
        received = network.input_shape[-1]
        if received != wanted[name]:
            raise ValueError(
                f"The {name} must have {wanted[name]} input channels: "
                f"{parts}{extras[name]}. Received: a {name} with {received}. "
                f"Make it with input_channels={wanted[name]}, or give "
                "label_channels."
            )


def checked_weights(**weights):
    """Returns the weights of the losses, all finite and at least 0."""
    for name, weight in weights.items():
        number = isinstance(weight, (int, float))
        if not number or not is_float32(weight) or weight < 0:
            raise ValueError(
                f"{name}_weight must be a finite number of at least 0, also "
                f"in float32. Received: {name}_weight={weight!r}"
            )
    return weights


def deserialized(config):
    """Makes the objects of a configuration again; plain values stay."""
    return {
        name: keras.saving.deserialize_keras_object(_of_any_backend(value))
        if isinstance(value, dict) and "class_name" in value
        else value
        for name, value in config.items()
    }


def _of_any_backend(config):
    """On torch, Keras names its own optimizers by where torch has them."""
    module = config.get("module") or ""
    if module.startswith("keras.src.backend.torch.optimizers."):
        return {**config, "module": "keras.optimizers"}
    return config
