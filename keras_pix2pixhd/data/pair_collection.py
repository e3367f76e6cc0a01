from keras_pix2pixhd.data.partition import (
    checked_shard,
    partition_names,
    selected_names,
    subset_names,
)
from keras_pix2pixhd.data.pipeline.dataset import make_dataset


class PairCollection:
    """What `Pairs` of files and of records share.

    Subclasses have `kinds`, `class_table`, `_kept(names)`, which returns a
    collection of those pairs, and `loader(resize_mode, image_size,
    load_size)`, from which `to_dataset` reads.

    Args:
        names: The names of the pairs.
    """

    layout = None  # its name, where `read_pairs` found one

    def __init__(self, names):
        self.names = tuple(names)

    def __len__(self):
        return len(self.names)

    def __repr__(self):
        kinds = " + ".join(self.kinds)
        return f"<{type(self).__name__} of {kinds}, {len(self)} pairs>"

    def select(self, names):
        """Returns `Pairs` of those called `names`.

        Args:
            names: List of strings, at least one; any order.

        Raises:
            ValueError: If it is no such list, or there is no pair of one of
                the names.
        """
        return self._kept(selected_names(names, self.names))

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
            ValueError: If there are fewer than two pairs or groups, an
                argument is out of range, or a key cannot be hashed.
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
            ValueError: If `count` or `seed` is no such integer.
        """
        return self.select(subset_names(self.names, count, seed))

    def shard(self, index, count):
        """Returns part `index` of `count` parts that hold each pair once.

        Their lengths differ by one at most. For workers whose epochs have to
        see other pairs each time, see `shard` of `to_dataset`.

        Raises:
            ValueError: If not `0 <= index < count`, or a part would be empty.
        """
        index, count = checked_shard((index, count))
        if count > len(self):
            raise ValueError(
                "There must be at least one pair for each shard. Received: "
                f"{len(self)} pairs for count={count}"
            )
        return self._kept(self.names[index::count])

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
        repeat=False,
        start=0,
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
            repeat: Whether the data set has no end: epoch follows epoch, each
                in an order of its own, and batches that begin in one go on
                into the next, so that all have `batch_size` pairs. With a
                `shard`, the batches of all workers are, one after the other,
                what one process would get in one batch. Defaults to `False`.
            start: With `repeat`, how many batches to leave out at first, for
                a run that goes on. They are not read. A `layer` of an
                `Augmentation` draws as if they had not been. Defaults to `0`.

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
            repeat,
            start,
        )
