import numpy as np
import tensorflow as tf

from keras_pix2pixhd.data.pipeline.converted_files import fingerprint
from keras_pix2pixhd.data.pipeline.file_reader import FileReader
from keras_pix2pixhd.data.pipeline.readings import (
    image_readings,
    instance_readings,
    label_readings,
)
from keras_pix2pixhd.data.pipeline.resize_tensors import Resizer
from keras_pix2pixhd.data.records.check_records import check_records
from keras_pix2pixhd.data.records.record_order import (
    endless_records,
    epoch_of_records,
)
from keras_pix2pixhd.data.resize_modes import plan

_as_it_is = tf.autograph.experimental.do_not_convert


class RecordLoader:
    """Reads and resizes the pairs of TFRecord files in TensorFlow's graph.

    Args:
        pairs: `RecordPairs`.
        resize_mode, image_size, load_size: As in `Pairs.to_dataset`.

    Attributes:
        sizes: NumPy array `(len(pairs), 2)`, what pairs are resized to.
        dtypes: Dict from kind to dtype.
        ranks: Dict from kind to 3, `(H, W, 3)`, or 2, `(H, W)`.
    """

    def __init__(self, pairs, resize_mode, image_size, load_size):
        self._pairs = pairs
        side, table = pairs.side, pairs.class_table
        # the place of each record among these pairs, -1 for the others
        places = {name: place for place, name in enumerate(pairs.names)}
        self._places = np.array([places.get(n, -1) for n in side.names])
        rows = np.array(side.sizes)
        order = np.argsort(self._places, kind="stable")[-len(pairs) :]
        self.sizes = plan(resize_mode, rows[order], image_size, load_size)
        self._planned = plan(resize_mode, rows, image_size, load_size)
        resize = Resizer(rows, self._planned)
        makers = {
            "label": lambda: self._label(table, resize),
            "image": lambda: self._reader("image", image_readings(resize), 3),
            "instance": lambda: self._reader(
                "instance", instance_readings(resize), 2, "int32"
            ),
        }
        readers = {k: make() for k, make in makers.items() if k in pairs.kinds}
        self._readers = readers
        self.dtypes = {kind: r.dtype for kind, r in readers.items()}
        self.ranks = {kind: r.rank for kind, r in readers.items()}

    def elements(self, shuffle, seed, shard):
        """Returns the data set of `(arrays, seed)` of an epoch."""
        return self.decoded(shuffle, seed, shard).map(_without_keys)

    def endless(self, *settings):
        """Returns the data set of `(arrays, seed)`; see `endless_records`."""
        used = self._places >= 0
        stream = endless_records(self._pairs, used, *settings)
        return self._decoded(stream).map(_without_keys)

    def stream(self, indices):
        """Returns the data set of `(index, arrays)` of some pairs."""
        wanted = np.isin(self._places, indices)

        @_as_it_is
        def with_place(keys, arrays, seed):
            return keys["place"], arrays

        return self.decoded(False, None, None, wanted).map(with_place)

    def check(self):
        """Decodes all; see `RecordPairs.check`."""
        check_records(self._pairs, np.flatnonzero(self._places >= 0), self)

    def fingerprint(self):
        """Returns a list that changes with what decides the arrays."""
        pairs = self._pairs
        files = [fingerprint(pairs.folder / n) for n in pairs.side.files]
        table = pairs.class_table
        return [files, pairs.names, table and table.get_config()]

    def decoded(self, shuffle, seed, shard, wanted=None):
        """Returns the data set of `(keys, arrays, seed)`.

        Keys are the `index` and `name` that a record has, and its `place`
        among these pairs.
        """
        wanted = self._places >= 0 if wanted is None else wanted
        return self._decoded(
            epoch_of_records(self._pairs, wanted, shuffle, seed, shard)
        )

    def _decoded(self, examples):
        places = tf.constant(self._places)
        sizes = [self._pairs.side.sizes, self._planned]
        sizes = tf.constant(np.stack(sizes, axis=1), "int32")

        @_as_it_is
        def decode(example, number):
            index = example["index"]
            both = tf.gather(sizes, index)
            arrays = {
                kind: reader.decode(example[kind], index, both)
                for kind, reader in self._readers.items()
            }
            keys = {"index": index, "name": example["name"]}
            keys["place"] = tf.gather(places, index)
            return keys, arrays, tf.stack([number, index + 1])

        return examples.map(decode, tf.data.AUTOTUNE, deterministic=True)

    def _label(self, table, resize):
        if table is None:
            return self._reader("label", image_readings(resize), 3)
        readings = label_readings(resize, table)
        return self._reader("label", readings, 2, table.dtype)

    def _reader(self, kind, readings, rank, dtype="uint8"):
        names, ways = self._pairs.side.names, self._pairs.side.ways[kind]
        folder = self._pairs.folder

        def say(index):
            raise ValueError(
                "Every record must be whole. Received: a damaged "
                f'{kind} of the pair {names[index]!r} in "{folder}". Write '
                "the records again."
            )

        return FileReader(None, ways, readings, None, say, dtype, rank)


@_as_it_is
def _without_keys(keys, arrays, seed):
    return arrays, seed
