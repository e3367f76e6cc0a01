from keras_pix2pixhd.data.pair_collection import PairCollection
from keras_pix2pixhd.data.pipeline.dataset import tensorflow


class RecordPairs(PairCollection):
    """Pairs in TFRecord files; made by `read_records`.

    They are read in sequence: `to_dataset` is there, with `partition`,
    `subset`, `shard` and `select`; `read` and `to_pydataset` raise. A shuffled
    epoch has the files in another order each time, and then 1,024 records at
    a time.

    Args:
        folder: The folder, a path.
        side: `Side`, what its files hold.
        class_table: `ClassTable`, or `None`: labels are images.
        names: Which of the pairs these are. Defaults to `None`: all.
    """

    def __init__(self, folder, side, class_table, names=None):
        super().__init__(sorted(side.names if names is None else names))
        self.folder = folder
        self.side = side
        self.class_table = class_table

    @property
    def kinds(self):
        """What a pair holds: `"image"`, `"label"` and maybe `"instance"`."""
        kinds = ("image", "label", "instance")
        return tuple(kind for kind in kinds if kind in self.side.ways)

    def check(self):
        """Decodes every pair.

        Raises:
            ValueError: If a record is not whole, not the one that is due, or
                has another size or other classes than it must have.
        """
        self.loader("resize", None, None).check()

    def read(self, index, image_size=None):
        """Raises a ValueError: records have no order of access."""
        raise ValueError(
            "Records are read in sequence, by `to_dataset`. Received: the "
            "call of `read`. Use `read_pairs` on the folder they were made of."
        )

    def to_pydataset(self, image_size=None, batch_size=1, **kwargs):
        """Raises a ValueError: records need TensorFlow."""
        raise ValueError(
            "Records are read in sequence, by `to_dataset`. Received: the "
            "call of `to_pydataset`. Use `read_pairs` on the folder they were "
            "made of."
        )

    def loader(self, resize_mode, image_size, load_size):
        """Returns what `to_dataset` reads from; needs TensorFlow."""
        tensorflow(of_records=True)
        from keras_pix2pixhd.data.records.record_loader import RecordLoader

        return RecordLoader(self, resize_mode, image_size, load_size)

    def _kept(self, names):
        return RecordPairs(self.folder, self.side, self.class_table, names)
