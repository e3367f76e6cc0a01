import functools

import numpy as np
import tensorflow as tf

from keras_pix2pixhd.data.pipeline.kind_readers import (
    component_reader,
    fingerprint_of_pair,
    image_reader,
    instance_reader,
    label_reader,
)
from keras_pix2pixhd.data.pipeline.pair_headers import pair_headers
from keras_pix2pixhd.data.pipeline.random_access import RandomAccess
from keras_pix2pixhd.data.pipeline.resize_tensors import Resizer
from keras_pix2pixhd.data.resize_modes import plan

_ORDER = ("label", "image", "instance")


class PairLoader(RandomAccess):
    """Reads and resizes pairs in TensorFlow's graph.

    Files that TensorFlow cannot read are converted before the first is
    loaded.

    Args:
        pairs: `Pairs`.
        resize_mode, image_size, load_size: As in `Pairs.to_dataset`.

    Attributes:
        sizes: NumPy array `(len(pairs), 2)`, what pairs are resized to.
        dtypes: Dict from kind to dtype.
        ranks: Dict from kind to 3, `(H, W, 3)`, or 2, `(H, W)`.

    Raises:
        ValueError: If a header cannot be read, or the files of a pair differ
            in size.
    """

    def __init__(self, pairs, resize_mode, image_size, load_size):
        self._pairs = pairs
        self._headers = pair_headers(pairs)
        self._stored = [
            (h["image"].height, h["image"].width) for h in self._headers
        ]
        self.sizes = plan(resize_mode, self._stored, image_size, load_size)
        table = pairs.class_table
        dtypes = {
            "label": "uint8" if table is None else table.dtype,
            "image": "uint8",
            "instance": "int32",
        }
        ranks = {"label": 3 if table is None else 2, "image": 3, "instance": 2}
        kinds = [kind for kind in _ORDER if kind in pairs.kinds]
        self.dtypes = {kind: dtypes[kind] for kind in kinds}
        self.ranks = {kind: ranks[kind] for kind in kinds}

    def fingerprint(self):
        """Returns a list that changes with what decides the arrays."""
        pairs = self._pairs
        return [fingerprint_of_pair(pairs, i) for i in range(len(pairs))]

    def load(self, index):
        """Returns the arrays of pair number `index`, a dict by kind."""
        with tf.init_scope():
            readers = self._readers
            sizes = tf.constant(
                np.stack([self._stored, self.sizes], 1), "int32"
            )
        both = tf.gather(sizes, index)
        return {kind: r.read(index, both) for kind, r in readers.items()}

    @functools.cached_property
    def _readers(self):
        return {kind: self._reader(kind) for kind in self.dtypes}

    def _reader(self, kind):
        files = self._pairs, self._headers
        resize = Resizer(self._stored, self.sizes)
        if kind == "instance" and self._pairs.components:
            return component_reader(self._pairs, self.sizes)
        if kind == "instance":
            return instance_reader(*files, resize)
        if self.ranks[kind] == 3:
            return image_reader(*files, resize, kind)
        return label_reader(*files, resize)
