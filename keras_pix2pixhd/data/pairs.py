from keras_pix2pixhd.data.check import check_pairs, check_sizes
from keras_pix2pixhd.data.connected_components import connected_components
from keras_pix2pixhd.data.partition import partition_names, subset_names
from keras_pix2pixhd.data.pipeline.dataset import make_dataset
from keras_pix2pixhd.data.resizing import resize


class Pairs:
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
        self.names = tuple(self._rows)

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

    def __len__(self):
        return len(self.names)

    def __repr__(self):
        return f"<Pairs of {' + '.join(self.kinds)}, {len(self)} pairs>"

    def files(self, index):
        """Returns the paths of pair number `index`, a dict by kind.

        Instances made from the label map have none.
        """
        row = self._rows[self.names[index]]
        return {kind: s.files[row[kind]] for kind, s in self._stores.items()}

    def size(self, index):
        """Returns `(height, width)` of a pair's image, from its header."""
        row = self._rows[self.names[index]]
        return self._stores["image"].size(row["image"])

    def source(self, index, kind):
        """Returns the datastore of a kind, and a pair's place in it."""
        return self._stores[kind], self._rows[self.names[index]][kind]

    def read_kind(self, index, kind):
        """Reads the `"image"`, `"label"` or `"instance"` of one pair."""
        if kind == "instance" and self.components:
            return connected_components(self.read_kind(index, "label"))
        row = self._rows[self.names[index]]
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
            ValueError: If a file cannot be read, or they differ in size.
        """
        kinds = self.kinds_of_files
        arrays = {kind: self.read_kind(index, kind) for kind in kinds}
        check_sizes(arrays, self.files(index))
        if image_size:
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

    def partition(self, fraction=0.925, seed=0, groups=None):
        """Splits into two parts by a seeded permutation.

        Args:
            fraction: Share of the pairs in the first part, in (0, 1). With
                groups: the nearest share that whole groups allow. Each part
                gets at least one pair. Defaults to `0.925`.
            seed: Int >= 0. Defaults to `0`.
            groups: Function from the name of a pair to the key of its group,
                all of whose pairs go to the same part. Defaults to `None`:
                each pair on its own.

        Returns:
            Two `Pairs`, (train, held_out).

        Raises:
            ValueError: If there are fewer than two pairs or groups, or
                `fraction` is out of range.
        """
        first, second = partition_names(self.names, fraction, seed, groups)
        return self.select(first), self.select(second)

    def subset(self, count, seed=0):
        """Picks some pairs at random.

        Args:
            count: How many, >= 1; all, if there are no more than that.
            seed: Int >= 0. Defaults to `0`.

        Returns:
            `Pairs`.

        Raises:
            ValueError: If `count` is less than 1.
        """
        return self.select(subset_names(self.names, count, seed))

    def select(self, names):
        """Returns `Pairs` of those called `names`.

        Raises:
            ValueError: If there is no pair of one of the names.
        """
        unknown = sorted(set(names) - set(self.names))
        if unknown:
            raise ValueError(
                "`names` must be names of pairs. "
                f"Received: {unknown[:5]}, {len(unknown)} unknown in all"
            )
        rows = {name: self._rows[name] for name in names}
        return Pairs(rows, **self._stores, components=self.components)

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

    def to_dataset(
        self,
        image_size=None,
        batch_size=1,
        shuffle=False,
        augment=False,
        seed=None,
        resize_mode="resize",
        load_size=None,
        cache=None,
        image_dtype="float32",
        shard=None,
        device=None,
    ):
        """Makes a `tf.data.Dataset` of batches, ready for `fit`.

        Images are resized bicubic and antialiased, label and instance maps
        nearest. Files are decoded by TensorFlow; those that it cannot read
        (palettes, GIF, TIFF, ...) are first converted, once for a process.

        | `resize_mode` | what happens to a pair |
        |---|---|
        | `"resize"` | it gets the size `image_size`; as stored, if `None` |
        | `"resize_and_crop"` | `load_size`, then a crop of `image_size` |
        | `"crop"` | a crop of `image_size` |
        | `"scale_width"` | the width of `load_size`, in proportion |
        | `"scale_width_and_crop"` | the same, then a crop |
        | `"scale_shortside"` | its short side as that of `load_size` |
        | `"scale_shortside_and_crop"` | the same, then a crop |
        | `"none"`, `"none_32"` | the nearest multiples of 16, of 32 |

        The first four with `"scale_width_and_crop"` and `"none"` are the
        reference's; scaling modes take `image_size` for `load_size` if there
        is none. Crops are at random with `augment`, else from the middle.

        Args:
            image_size: `(height, width)`. Defaults to `None`: as stored.
            batch_size: Pairs per batch, >= 1; the last batch may be smaller.
                Defaults to `1`.
            shuffle: Whether each epoch has an order of its own. Defaults to
                `False`: the order of the names.
            augment: An `Augmentation`; or `True`, to flip half of the pairs,
                image, label and instance alike, from left to right. Defaults
                to `False`.
            seed: Int that makes orders, crops and augmentation reproducible,
                at any parallelism. Defaults to `None`.
            resize_mode: See above. Defaults to `"resize"`.
            load_size: `(height, width)`; see above. Defaults to `None`.
            cache: `"memory"`, or a folder, to keep decoded and resized pairs
                in, before crops and augmentation. What the folder holds
                serves again while files and sizes stay the same. Defaults to
                `None`.
            image_dtype: `"float32"` (default), or `"uint8"` for a fourth of
                the bytes: the model scales them itself.
            shard: `(index, count)`, to see only one of `count` equal parts of
                each epoch, none twice: for workers, all with one `seed`.
                Defaults to `None`; `tf.distribute` then divides batches.
            device: Where batches are brought ahead of their use, such as
                `"/gpu:0"`. Defaults to `None`.

        Returns:
            `tf.data.Dataset` of dicts: `label` `(B, H, W)` uint8 (int32
            beyond 255 classes), `image` `(B, H, W, 3)` float32 in [-1, 1], or
            uint8 in [0, 255], and, if any, `instance` `(B, H, W)` int32.
            Without a class table, `label` is like `image`.

        Raises:
            ValueError: If an argument is out of range, a file has no valid
                header, or pairs of different sizes would have to form a batch.
        """
        return make_dataset(
            self,
            image_size,
            batch_size,
            shuffle,
            augment,
            seed,
            resize_mode,
            load_size,
            cache,
            image_dtype,
            shard,
            device,
        )
