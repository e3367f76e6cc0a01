import keras

from keras_pix2pixhd.data.read_ahead import ReadAhead


class EndlessPyDataset(keras.utils.PyDataset):
    """A `PairsPyDataset` without an end: epoch follows epoch.

    Made by `Pairs.to_pydataset(repeat=True)`. Each epoch has an order of its
    own, and batches that begin in one go on into the next, so that all have
    as many pairs. `dataset[i]` is batch number `start + i`; what comes before
    is not read. With several `workers`, as many threads read a few batches
    ahead, through the ends of Keras' epochs too.

    Args:
        dataset: `PairsPyDataset`. With a `shard`, the batches of all workers
            are, one after the other, what one process would get in one.
        start: Int >= 0, how many batches to leave out at first, for a run
            that goes on. Defaults to `0`.

    Example:

    >>> import tempfile
    >>> from keras_pix2pixhd.data import read_pairs, write_toy_cars
    >>> pairs = read_pairs(write_toy_cars(tempfile.mkdtemp(), 3))
    >>> dataset = pairs.to_pydataset(batch_size=2, repeat=True, start=1)
    >>> dataset.num_batches is None, dataset[99]["image"].shape
    (True, (2, 64, 96, 3))
    """

    def __init__(self, dataset, start=0):
        # one as far as Keras knows: its own workers lose what they have read
        # where it looks at the shapes, and stop after each epoch
        super().__init__(workers=1)
        self._dataset, self._start = dataset, start
        self._count = len(dataset.order(0))
        self._read = self._batch
        if dataset.workers > 1:
            self._read = ReadAhead(self._batch, dataset.workers)

    @property
    def num_batches(self):
        """`None`: there is no end."""
        return None

    def __getitem__(self, index):
        return self._read(index)

    def _batch(self, index):
        size, (shard, shards) = self._dataset.batch_size, self._dataset.shard
        first = ((self._start + index) * shards + shard) * size
        places = (
            divmod(place, self._count) for place in range(first, first + size)
        )
        return self._dataset.batch(
            [
                (epoch, int(self._dataset.order(epoch)[place]))
                for epoch, place in places
            ]
        )
