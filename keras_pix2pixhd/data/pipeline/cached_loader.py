import tensorflow as tf

from keras_pix2pixhd.data.pipeline.random_access import RandomAccess


class CachedLoader(RandomAccess):
    """Gives what a `PairLoader` reads, from where it is kept.

    Args:
        loader: The `PairLoader`.
        kept: Function from the number of a pair, a tensor, and a kind to the
            array in the form of `tf.io.serialize_tensor`.
    """

    def __init__(self, loader, kept):
        self.sizes = loader.sizes
        self.dtypes = loader.dtypes
        self.ranks = loader.ranks
        self._kept = kept

    def load(self, index):
        """Returns the arrays of pair number `index`, a dict by kind."""
        arrays = {}
        for kind, dtype in self.dtypes.items():
            array = tf.io.parse_tensor(self._kept(index, kind), dtype)
            array.set_shape([None, None, 3][: self.ranks[kind]])
            arrays[kind] = array
        return arrays
