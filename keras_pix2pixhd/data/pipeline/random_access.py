import numpy as np
import tensorflow as tf

from keras_pix2pixhd.data.pipeline.element_order import element_order
from keras_pix2pixhd.data.pipeline.endless_order import endless_order

_as_it_is = tf.autograph.experimental.do_not_convert


class RandomAccess:
    """A loader that can read its pairs in any order.

    Subclasses have `sizes`, an array with a row for each pair, and
    `load(index)`, which returns the arrays of a pair, a dict by kind.
    """

    def elements(self, shuffle, seed, shard):
        """Returns the data set of `(arrays, seed)`; see `element_order`."""
        count = len(self.sizes)
        return self._loaded(element_order(count, shuffle, seed, shard))

    def endless(self, *settings):
        """Returns the data set of `(arrays, seed)`; see `endless_order`."""
        return self._loaded(endless_order(len(self.sizes), *settings))

    def _loaded(self, order):
        @_as_it_is
        def load(index, seed):
            return self.load(index), seed

        return order.map(load, tf.data.AUTOTUNE, deterministic=True)

    def stream(self, indices):
        """Returns the data set of `(index, arrays)` of some pairs."""

        @_as_it_is
        def load(index):
            return index, self.load(index)

        numbers = np.asarray(indices, "int64")
        dataset = tf.data.Dataset.from_tensor_slices(numbers)
        return dataset.map(load, tf.data.AUTOTUNE, deterministic=True)
