"""What of a model is exported: from class indices to pixels, in float32."""

import keras
from keras import ops

from keras_pix2pixhd.layers import SemanticInput
from keras_pix2pixhd.models import to_uint8


class ServingGenerator:
    """The generator with everything before and after it.

    Args:
        gan_or_generator: `Pix2PixHDGAN`, or a generator alone.
        class_table: `ClassTable`, an int, or `None`: that of the GAN.
        use_instance_edges: bool. Whether a generator alone sees edges; a GAN
            knows.

    Attributes:
        generator: the generator (of a GAN that averages: the averaged one),
            all its layers in float32.
        class_table: `ClassTable`, the number of classes, or `None` for a
            model without.
        label_channels: int, channels of the one-hot vector or the condition.
        use_instance_edges: bool.
        feature_channels: int, 0 for a model without features.

    Raises:
        ValueError: if there is no class table, or it does not fit.
    """

    def __init__(self, gan_or_generator, class_table, use_instance_edges):
        semantic = getattr(gan_or_generator, "semantic_input", None)
        if semantic is None:
            generator = gan_or_generator
            self.use_instance_edges = bool(use_instance_edges)
            channels = _channels(generator, class_table, use_instance_edges)
            self.feature_channels = 0
        else:
            generator = gan_or_generator.inference_generator
            self.use_instance_edges = semantic.use_instance_edges
            class_table = _table_of_gan(gan_or_generator, class_table)
            channels = semantic.label_channels
            self.feature_channels = semantic.feature_channels
        self.class_table = class_table
        self.label_channels = channels
        self.generator = in_float32(generator)
        self._semantic_input = SemanticInput(
            None if class_table is None else _length(class_table),
            channels,
            self.use_instance_edges,
            self.feature_channels,
            dtype="float32",
        )

    def __call__(self, label, *others):
        """Paints: `(B, H, W)` indices to `(B, H, W, 3)` uint8 tensors.

        Without classes: `(B, H, W, label_channels)` pixels. The others are
        instance ids and features, as far as there are any.
        """
        names = ["instance"] * self.use_instance_edges
        names += ["features"] * bool(self.feature_channels)
        batch = dict(zip(names, others, strict=True), label=label)
        if self.class_table is None:  # decoded files are int32
            batch["label"] = ops.cast(label, "uint8")
        semantic = self._semantic_input(batch)
        return to_uint8(self.generator(semantic, training=False))


def in_float32(generator):
    """Returns the generator, or a copy of it whose layers use float32."""
    layers = generator._flatten_layers()
    if all(layer.compute_dtype == "float32" for layer in layers):
        return generator
    config = keras.saving.serialize_keras_object(generator)
    copy = keras.saving.deserialize_keras_object(_float32_config(config))
    copy.set_weights(generator.get_weights())
    return copy


def _float32_config(config):
    """Replaces the dtype policies in a configuration."""
    if isinstance(config, dict):
        if "DTypePolicy" in str(config.get("class_name")):
            return keras.dtype_policies.serialize(
                keras.dtype_policies.DTypePolicy("float32")
            )
        return {key: _float32_config(value) for key, value in config.items()}
    if isinstance(config, list):
        return [_float32_config(value) for value in config]
    halves = ("float16", "bfloat16", "mixed_float16", "mixed_bfloat16")
    return "float32" if config in halves else config


def _length(class_table):
    return class_table if isinstance(class_table, int) else len(class_table)


def _table_of_gan(gan, class_table):
    if class_table is None:
        return gan.class_table
    if gan.num_classes is None:
        raise ValueError(
            "class_table must be None for a model without classes. Received: "
            f"class_table={class_table!r}. Leave it out."
        )
    if _length(class_table) != gan.num_classes:
        raise ValueError(
            f"class_table must have the {gan.num_classes} classes of the "
            f"model. Received: one of {_length(class_table)}. Leave it out: "
            "the model knows its own."
        )
    return class_table


def _channels(generator, class_table, use_instance_edges):
    if class_table is None:
        raise ValueError(
            "A generator alone must come with a class_table. Received: "
            "class_table=None. Give the ClassTable it was trained with, or "
            "the number of its classes, or export the Pix2PixHDGAN, which "
            "knows."
        )
    channels = generator.input_shape[-1] - bool(use_instance_edges)
    if channels < _length(class_table):
        edges = " + 1 of instance edges" if use_instance_edges else ""
        raise ValueError(
            "The generator must have an input channel for each of the "
            f"{_length(class_table)} classes of class_table{edges}. "
            f"Received: a generator with {generator.input_shape[-1]} input "
            "channels. Give the table that it was trained with."
        )
    return channels
