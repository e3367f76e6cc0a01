"""What the networks see of a batch."""

import keras
from keras import ops

from keras_pix2pixhd.layers.as_floats import as_floats
from keras_pix2pixhd.layers.instance_edges import InstanceEdges

_IMAGE_CHANNELS = 3


@keras.saving.register_keras_serializable(package="keras_pix2pixhd")
class SemanticInput(keras.layers.Layer):
    """Turns a batch's class indices, or images, into the generator's input.

    The one-hot vectors are made on the device: uint8 indices are far fewer
    bytes to move than floating point one-hot maps. Indices of `num_classes`
    and above are void and become a zero vector.

    Args:
        num_classes: int, the number of classes; or `None`: no classes, what
            is painted from is an image.
        label_channels: int or `None` (then `num_classes`, or 3 of an image).
            Channels of the one-hot vector, where those above `num_classes`
            stay zero; or of the image.
        use_instance_edges: bool, default False. Whether to append the map
            of the borders between instances as one more channel.
        feature_channels: int, default 0. Channels of instance features to
            append, after the edges.

    Call arguments:
        batch: dict with `label`, `(batch, height, width)` integer class
            indices, or `(batch, height, width, label_channels)` floats that
            are passed on as they are; without classes, such floats in
            [-1, 1] or uint8 in [0, 255]; `instance`, `(batch, height, width)`
            integers, where edges are used; and `features`,
            `(batch, height, width, feature_channels)` floats, where those
            are. Other keys are ignored.

    Returns:
        `(batch, height, width, label_channels [+ 1] [+ feature_channels])`
        floats.

    Raises:
        ValueError: if there are fewer channels than classes, if a batch is
            not a dict, if `label` is missing or has the wrong rank or
            channels, or if `instance` or `features` are missing although
            they are used, or of another size than the label map.

    Example:

    >>> layer = SemanticInput(num_classes=2, label_channels=3)
    >>> x = layer({"label": np.array([[[0, 1, 255]]], "uint8")})
    >>> keras.ops.convert_to_numpy(x)[0, 0].tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]
    """

    def __init__(
        self,
        num_classes,
        label_channels=None,
        use_instance_edges=False,
        feature_channels=0,
        **kwargs,
    ):
        super().__init__(**kwargs)
        least = 1 if num_classes is None else num_classes
        channels = label_channels
        if channels is None:
            channels = _IMAGE_CHANNELS if num_classes is None else num_classes
        if least < 1 or channels < least:
            raise ValueError(
                "label_channels must be at least the number of classes, and "
                "that at least 1. Received: "
                f"label_channels={label_channels}, num_classes={num_classes}"
            )
        if feature_channels < 0:
            raise ValueError(
                "feature_channels must be at least 0. Received: "
                f"feature_channels={feature_channels}"
            )
        self.num_classes = num_classes
        self.label_channels = channels
        self.use_instance_edges = use_instance_edges
        self.feature_channels = feature_channels
        self.edges = InstanceEdges(dtype=self.dtype_policy)

    @property
    def condition_channels(self):
        """Number of channels of `condition`."""
        return self.label_channels + int(self.use_instance_edges)

    @property
    def channels(self):
        """Number of channels of the output."""
        return self.condition_channels + self.feature_channels

    def build(self, input_shape=None):
        self.built = True

    def call(self, batch):
        x = self.condition(batch)
        if not self.feature_channels:
            return x
        features = batch.get("features")
        shape = (*x.shape[:3], self.feature_channels)
        if features is None or not _fits(features.shape, shape):
            received = "none" if features is None else tuple(features.shape)
            raise ValueError(
                "A model with instance features needs features of shape "
                f"(batch, height, width, {self.feature_channels}), as large "
                f"as the label map. Received: features.shape={received} for "
                f"label.shape={tuple(batch['label'].shape)}"
            )
        features = ops.cast(features, self.compute_dtype)
        return ops.concatenate([x, features], axis=-1)

    def condition(self, batch):
        """The part that a discriminator sees: all but the features."""
        if not isinstance(batch, dict):
            raise ValueError(
                "A batch must be a dict with the keys 'label' and, to train, "
                f"'image'. Received: {type(batch).__name__}. Give fit() a "
                "data set of dicts, as Pairs.to_dataset() makes them."
            )
        label = self._label(batch)
        if not self.use_instance_edges:
            return label
        instance = batch.get("instance")
        if instance is None:
            raise ValueError(
                "A model with instance edges needs an instance map. "
                f"Received a batch with the keys {sorted(batch)}. Give "
                "the datastore of instances to combine(), or make the "
                "model with use_instance_edges=False."
            )
        fits = _fits(instance.shape, label.shape[:3])
        if not fits or "float" in str(instance.dtype):
            raise ValueError(
                "The instance map must be integers of the size of the label "
                f"map. Received: instance.shape={tuple(instance.shape)}, "
                f"dtype={instance.dtype}, "
                f"label.shape={tuple(batch['label'].shape)}"
            )
        return ops.concatenate([label, self.edges(instance)], axis=-1)

    def _label(self, batch):
        if "label" not in batch:
            raise ValueError(
                "A batch must have the key 'label'. Received a batch with "
                f"the keys {sorted(batch)}."
            )
        if self.num_classes is None:
            return self._image(batch["label"])
        return self._one_hot(batch["label"])

    def _image(self, label):
        dtype = keras.backend.standardize_dtype(label.dtype)
        known = "float" in dtype or dtype == "uint8"
        shape = (None, None, None, self.label_channels)
        if not known or not _fits(label.shape, shape):
            raise ValueError(
                "label of a model without classes must be (batch, height, "
                f"width, {self.label_channels}), floats in [-1, 1] or uint8 "
                f"in [0, 255]. Received: label.shape={tuple(label.shape)}, "
                f"dtype={dtype}"
            )
        return ops.cast(as_floats(label), self.compute_dtype)

    def _one_hot(self, label):
        if len(label.shape) == 4 and label.shape[-1] == self.label_channels:
            return ops.cast(label, self.compute_dtype)
        if len(label.shape) != 3:
            raise ValueError(
                "label must be (batch, height, width) class indices or "
                f"(batch, height, width, {self.label_channels}) one-hot "
                f"vectors. Received: label.shape={tuple(label.shape)}"
            )
        if "float" in str(label.dtype):
            raise ValueError(
                "label of (batch, height, width) must be integer class "
                f"indices. Received: dtype={label.dtype}"
            )
        indices = ops.expand_dims(ops.cast(label, "int32"), -1)
        channels = ops.arange(self.label_channels, dtype="int32")
        hits = ops.equal(indices, channels) & (channels < self.num_classes)
        return ops.cast(hits, self.compute_dtype)

    def get_config(self):
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "label_channels": self.label_channels,
            "use_instance_edges": self.use_instance_edges,
            "feature_channels": self.feature_channels,
        }


def _fits(shape, wanted):
    """Whether two shapes are equal where both are known."""
    return len(shape) == len(wanted) and all(
        a == b for a, b in zip(shape, wanted, strict=True) if None not in (a, b)
    )
