"""A style for each instance, drawn in a TensorFlow graph."""

import numpy as np
import tensorflow as tf

from keras_pix2pixhd.export.checked_inputs import refuse_unless


class DrawnStyles:
    """The counterpart of `FeatureClusters.sample` in a graph.

    Each instance (or each class, where features follow labels) is given one
    of the styles of its class, which is that of most of its pixels. The
    draws are TensorFlow's, so a seed gives another style than it does there.

    Args:
        clusters: `FeatureClusters`.

    Call arguments:
        batch: dict with `label`, `(B, H, W)` class indices; `instance`,
            `(B, H, W)` int32, where features follow instances; and `seed`,
            `(B,)` int32, one for each image.

    Returns:
        `(B, H, W, F)` float32; void is zero. A class without a style is an
        error at run time.
    """

    def __init__(self, clusters):
        self.num_classes = clusters.num_classes
        self.follows_labels = clusters.follow == "labels"
        counts = [len(styles) for styles in clusters.centers]
        void = np.zeros((1, clusters.feature_channels), "float32")
        self._styles = np.concatenate([*clusters.centers, void])
        self._counts = np.array([*counts, 1], "int32")
        self._starts = np.cumsum(self._counts, dtype="int32") - self._counts

    def __call__(self, batch):
        label = tf.minimum(tf.cast(batch["label"], "int32"), self.num_classes)
        ids = label if self.follows_labels else batch["instance"]
        channels = self._styles.shape[1]
        return tf.map_fn(
            lambda image: self._draw(*image),
            (label, ids, batch["seed"]),
            fn_output_signature=tf.TensorSpec((None, None, channels)),
        )

    def _draw(self, label, ids, seed):
        _, places = tf.unique(tf.reshape(ids, [-1]))
        kinds = self.num_classes + 1
        size = (tf.reduce_max(places) + 1) * kinds
        votes = tf.math.bincount(
            places * kinds + tf.reshape(label, [-1]), None, size, size
        )
        # of classes with equally many pixels the first, and void last
        classes = tf.argmax(tf.reshape(votes, (-1, kinds)), axis=1)
        counts = tf.gather(self._counts, classes)
        with tf.control_dependencies([_check_known(classes, counts)]):
            drawn = tf.random.stateless_uniform(tf.shape(classes), [seed, 0])
        drawn = tf.cast(drawn * tf.cast(counts, "float32"), "int32")
        drawn = tf.minimum(drawn, counts - 1)
        styles = tf.gather(
            self._styles, tf.gather(self._starts, classes) + drawn
        )
        features = tf.gather(styles, tf.reshape(places, tf.shape(ids)))
        return tf.where(label[..., None] < self.num_classes, features, 0.0)


def _check_known(classes, counts):
    unknown = tf.boolean_mask(classes, counts == 0)
    return refuse_unless(
        tf.size(unknown) == 0,
        "Every class of a label map must have styles to draw. Received: "
        "class {} without any. Give a style, or fit features on data that "
        "has it.",
        unknown[:1],
    )
