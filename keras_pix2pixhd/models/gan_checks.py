"""What a `Pix2PixHDGAN` refuses."""

import math
import operator

import keras
import numpy as np


def number_of_classes(class_table):
    """Returns how many classes a `ClassTable`, or a number, stands for."""
    if hasattr(class_table, "names"):
        return len(class_table)
    try:
        return operator.index(class_table)
    except TypeError:
        raise ValueError(
            "class_table must be a ClassTable or the number of classes. "
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


def check_encoder(encoder, follow):
    """Refuses what is no feature encoder."""
    if follow not in ("instances", "labels"):
        raise ValueError(
            "features_follow must be 'instances' or 'labels'. Received: "
            f"features_follow={follow!r}"
        )
    if encoder is None:
        return
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


def check_image(batch):
    """Refuses a batch to train on that has no image."""
    if "image" not in batch:
        raise ValueError(
            "A batch to train or evaluate on must have the key 'image', "
            "(batch, height, width, 3) in [-1, 1] or, of uint8, in [0, 255]. "
            "Received a batch with the "
            f"keys {sorted(batch)}."
        )
    shape = tuple(batch["image"].shape)
    dtype = keras.backend.standardize_dtype(batch["image"].dtype)
    known = "float" in dtype or dtype == "uint8"
    if len(shape) != 4 or shape[-1] != 3 or not known:
        raise ValueError(
            "image must be (batch, height, width, 3) floats in [-1, 1], or "
            f"uint8 in [0, 255]. Received: shape={shape}, dtype={dtype}. "
            'Pixels of another type: image.astype("uint8").'
        )
    label = tuple(batch["label"].shape) if "label" in batch else shape
    known = [
        pair
        for pair in zip(shape[:3], label[:3], strict=False)
        if None not in pair
    ]
    if any(a != b for a, b in known):
        raise ValueError(
            "image and label must have the same batch, height and width. "
            f"Received: image.shape={shape}, label.shape={label}"
        )


def check_range(images, what):
    """Refuses NumPy images that are not in [-1, 1], such as pixels."""
    low, high = float(images.min(initial=0)), float(images.max(initial=0))
    if not (-1.01 <= low and high <= 1.01):  # bicubic filters round a little
        raise ValueError(
            f"{what} must be in [-1, 1]. Received: values in [{low:g}, "
            f"{high:g}]. From pixels in [0, 255]: image / 127.5 - 1."
        )


def checked_label(label):
    """Returns the NumPy label maps to paint, in one dtype for each rank."""
    if label.ndim not in (3, 4) or 0 in label.shape:
        raise ValueError(
            "label must be (batch, height, width), none of them 0. Received: "
            f"shape={label.shape}. A single map goes in as label[None]."
        )
    if label.ndim == 4:
        check_range(label, "label of (batch, height, width, channels)")
        return label.astype("float32")
    whole = label.dtype.kind in "iu"
    if not whole or label.min() < 0 or label.max() >= 2**31:
        raise ValueError(
            "label must be integer class indices of at least 0. Received: "
            f"dtype={label.dtype}, values in [{label.min()}, {label.max()}]. "
            "Void is any index from the number of classes on, 255 by custom."
        )
    return label.astype("int32")


def checked_instance(instance, like, name="instance"):
    """Returns the NumPy ids, `(batch, height, width)` int32, of `like`."""
    instance = np.asarray(instance)
    whole = instance.dtype.kind in "iu"
    if (
        whole
        and instance.size
        and not (-(2**31) <= instance.min() and instance.max() < 2**31)
    ):
        raise ValueError(
            f"{name} must have ids of 32 bits. Received: values in "
            f"[{instance.min()}, {instance.max()}]. Number them anew: "
            "numpy.unique(instance, return_inverse=True)."
        )
    if not whole or instance.shape != like.shape[:3]:
        raise ValueError(
            f"{name} must be (batch, height, width) integers, here of shape "
            f"{like.shape[:3]}. Received: shape={instance.shape}, "
            f"dtype={instance.dtype}"
        )
    return instance.astype("int32")


def checked_weights(**weights):
    """Returns the weights of the losses, all finite and at least 0."""
    for name, weight in weights.items():
        number = isinstance(weight, (int, float))
        if not number or not math.isfinite(weight) or weight < 0:
            raise ValueError(
                f"{name}_weight must be a finite number of at least 0. "
                f"Received: {name}_weight={weight}"
            )
    return weights


def deserialized(config):
    """Makes the objects of a configuration again; plain values stay."""
    return {
        name: keras.saving.deserialize_keras_object(value)
        if isinstance(value, dict) and "class_name" in value
        else value
        for name, value in config.items()
    }
