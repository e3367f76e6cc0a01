"""What of a model is exported: from class indices to pixels, in float32."""

from keras import ops

from keras_pix2pixhd.export.generator_copy import computing_copy
from keras_pix2pixhd.layers import SemanticInput


class ServingGenerator:
    """The generator with everything before and after it.

    Args:
        gan_or_generator: `Pix2PixHDGAN`, or a generator alone.
        class_table: `ClassTable`, an int, or `None`: that of the GAN.
        use_instance_edges: bool, default False. Whether a generator alone
            sees edges; a GAN knows.
        plain: bool, default False. Whether convolutions are left to whoever
            runs the graph: on a GPU, or in another library.

    Attributes:
        generator: the generator (of a GAN that averages: the averaged one),
            all its layers in float32.
        class_table: `ClassTable`, the number of classes, or `None` for a
            model without.
        label_channels: int, channels of the one-hot vector or the condition.
        use_instance_edges: bool.
        feature_channels: int, 0 for a model without features.
        features_follow: `"instances"` or `"labels"`, what features are
            constant on.

    Raises:
        ValueError: if there is no class table, or it does not fit.
    """

    def __init__(
        self,
        gan_or_generator,
        class_table=None,
        use_instance_edges=False,
        plain=False,
    ):
        semantic = getattr(gan_or_generator, "semantic_input", None)
        if semantic is None:
            generator = gan_or_generator
            self.use_instance_edges = bool(use_instance_edges)
            channels = _channels(generator, class_table, use_instance_edges)
            self.feature_channels, self.features_follow = 0, "instances"
        else:
            generator = gan_or_generator.inference_generator
            self.use_instance_edges = semantic.use_instance_edges
            class_table = _table_of_gan(gan_or_generator, class_table)
            channels = semantic.label_channels
            self.feature_channels = semantic.feature_channels
            self.features_follow = gan_or_generator.features_follow
        self.class_table = class_table
        self.label_channels = channels
        self.generator = computing_copy(generator, plain)
        self._semantic_input = SemanticInput(
            self.num_classes,
            channels,
            self.use_instance_edges,
            self.feature_channels,
            dtype="float32",
        )

    @property
    def num_classes(self):
        """The number of classes; `None` for a model without."""
        return None if self.class_table is None else _length(self.class_table)

    @property
    def label_dtype(self):
        """What class indices are sent as: uint8, or int32 beyond 255."""
        return "uint8" if (self.num_classes or 0) <= 255 else "int32"

    @property
    def named(self):
        """Whether there is a `ClassTable`, with ids and colours."""
        return hasattr(self.class_table, "names")

    @property
    def takes_files(self):
        """Whether files say what is painted: ids, colours, or RGB images."""
        return self.named or (
            self.num_classes is None and self.label_channels == 3
        )

    @property
    def num_styles(self):
        """How many style vectors an image takes: one for each class."""
        return self.num_classes or 1

    def semantic(self, batch):
        """Returns what the generator sees, `(B, H, W, channels)` float32.

        Args:
            batch: dict with `label`, `(B, H, W)` class indices (without
                classes: `(B, H, W, label_channels)` pixels in [0, 255]);
                `instance`, where edges are used; and for features either
                `features`, `(B, H, W, feature_channels)`, or `style`,
                `(B, num_styles, feature_channels)`.
        """
        if self.num_classes is None:  # decoded files are int32
            batch = {**batch, "label": ops.cast(batch["label"], "uint8")}
        if "style" in batch:
            batch = {**batch, "features": self._spread(batch)}
        return self._semantic_input(batch)

    def __call__(self, batch):
        """Paints: a batch as `semantic` takes it to floats in [-1, 1]."""
        return self.generator(self.semantic(batch), training=False)

    def _spread(self, batch):
        """Gives each pixel the style vector of its class; void has zeros."""
        hits = self._semantic_input.condition(batch)
        hits = hits[..., : self.num_styles]
        if self.num_classes is None:
            hits = ops.ones_like(hits)
        return ops.matmul(hits, ops.expand_dims(batch["style"], 1))


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
