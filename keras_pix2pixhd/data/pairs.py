from keras_pix2pixhd.data.check import check_pairs, check_sizes
from keras_pix2pixhd.data.connected_components import connected_components
from keras_pix2pixhd.data.pair_collection import PairCollection
from keras_pix2pixhd.data.partition import checked_index
from keras_pix2pixhd.data.pipeline.dataset import checked_start
from keras_pix2pixhd.data.resizing import checked_size, resize


class Pairs(PairCollection):
    """Photographs and their label maps, matched; made by `combine`.

    `len()` is the number of pairs. Nothing is read before it is asked for.

    Args:
        rows: Dict from the name of a pair to a dict from `"image"`, `"label"`
            and, if any, `"instance"` to the file's place in its datastore.
        image: An `ImageDatastore`.
        label: A `PixelLabelDatastore`.
        instance: An `InstanceDatastore`. Defaults to `None`.
        components: Whether the instances are the connected regions of the
            label map; see `with_components`. Defaults to `False`.
        unpaired: Dict from kind to the files that have no partner. Defaults
            to none.
    """

    def __init__(
        self,
        rows,
        image,
        label,
        instance=None,
        components=False,
        unpaired=None,
    ):
        self._rows = dict(sorted(rows.items()))
        self.unpaired = dict(unpaired or {})
        self._stores = {"image": image, "label": label}
        if instance is not None and not components:
            self._stores["instance"] = instance
        self.components = components
        super().__init__(self._rows)

    @property
    def class_table(self):
        """The `ClassTable` of the label maps; `None` if they are images."""
        return getattr(self._stores["label"], "class_table", None)

    @property
    def kinds(self):
        """What a pair holds: `"image"`, `"label"` and maybe `"instance"`."""
        return self.kinds_of_files + ("instance",) * self.components

    @property
    def kinds_of_files(self):
        """The kinds that are read from files, not made from the label map."""
        return tuple(self._stores)

    def files(self, index):
        """Returns the paths of pair number `index`, a dict by kind.

        Instances made from the label map have none.
        """
        row = self._row(index)
        return {kind: s.files[row[kind]] for kind, s in self._stores.items()}

    def size(self, index):
        """Returns `(height, width)` of a pair's image, from its header."""
        row = self._row(index)
        return self._stores["image"].size(row["image"])

    def source(self, index, kind):
        """Returns the datastore of a kind, and a pair's place in it."""
        return self._stores[kind], self._row(index)[kind]

    def read_kind(self, index, kind):
        """Reads the `"image"`, `"label"` or `"instance"` of one pair."""
        if kind == "instance" and self.components:
            return connected_components(self.read_kind(index, "label"))
        row = self._row(index)
        return self._stores[kind].read(row[kind])

    def read(self, index, image_size=None):
        """Reads one pair.

        Args:
            index: Its number, `0 <= index < len(self)`.
            image_size: `(height, width)` to resize to, as `to_dataset` does.
                Defaults to `None`: as stored.

        Returns:
            Dict of NumPy arrays: `image` uint8 `(H, W, 3)` in [0, 255],
            `label` uint8 (int32 beyond 255 classes) `(H, W)`, without a
            class table uint8 `(H, W, 3)` in [0, 255], and, if any,
            `instance` int32 `(H, W)`.

        Raises:
            ValueError: If an argument is out of range, a file cannot be read,
                or they differ in size.
        """
        image_size = checked_size(image_size)
        kinds = self.kinds_of_files
        arrays = {kind: self.read_kind(index, kind) for kind in kinds}
        check_sizes(arrays, self.files(index))
        if image_size is not None:
            arrays = {
                kind: resize(array, image_size, blend=array.ndim == 3)
                for kind, array in arrays.items()
            }
        if self.components:
            arrays["instance"] = connected_components(arrays["label"])
        return arrays

    def check(self):
        """Reads every pair.

        Returns:
            Dict: `pairs`, their number; `sizes`, the number of pairs by
            `(height, width)`; `pixels`, the number of pixels by class name;
            `void_pixels`, the number of pixels of no class.

        Raises:
            ValueError: If anything is wrong: one error for all bad files,
                the first 5 in words.
        """
        return check_pairs(self)

    def loader(self, resize_mode, image_size, load_size):
        """Returns what `to_dataset` reads from; needs TensorFlow."""
        from keras_pix2pixhd.data.pipeline.pair_loader import PairLoader

        return PairLoader(self, resize_mode, image_size, load_size)

    def to_pydataset(
        self, image_size=None, batch_size=1, repeat=False, start=0, **kwargs
    ):
        """Makes a `keras.utils.PyDataset` of batches, without TensorFlow.

        What `to_dataset` makes, on any backend, decoded by Pillow.

        Args:
            image_size, batch_size, repeat, start: As of `to_dataset`.
            **kwargs: The other arguments of `PairsPyDataset`: those of
                `to_dataset` but for `cache` and `device`, and `workers`.

        Returns:
            `PairsPyDataset`; with `repeat`, an `EndlessPyDataset` of it.

        Raises:
            ValueError: As of `to_dataset`.
        """
        from keras_pix2pixhd.data.endless_py_dataset import EndlessPyDataset
        from keras_pix2pixhd.data.py_dataset import PairsPyDataset

        checked_start(start, repeat)
        dataset = PairsPyDataset(self, image_size, batch_size, **kwargs)
        return EndlessPyDataset(dataset, start) if repeat else dataset

    def with_components(self):
        """Makes instances of the connected regions of each label map.

        For data without instance maps; where there are some, these are no
        longer read. `to_dataset` numbers the regions of the resized map. See
        `connected_components`.

        Returns:
            `Pairs` of the same names, with the kind `"instance"`.

        Raises:
            ValueError: If the label maps are images, without classes.
        """
        if self.class_table is None:
            raise ValueError(
                "Connected regions are those of a label map with classes. "
                "Received: pairs whose labels are images"
            )
        return Pairs(self._rows, **self._stores, components=True)

    def _row(self, index):
        return self._rows[self.names[checked_index(index, len(self))]]

    def _kept(self, names):
        rows = {name: self._rows[name] for name in names}
        return Pairs(rows, **self._stores, components=self.components)
