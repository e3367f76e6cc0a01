import math
import threading

import keras
import numpy as np

from keras_pix2pixhd.data.augmenting.augment_arrays import (
    augment_arrays,
    crop_arrays,
)
from keras_pix2pixhd.data.augmenting.augmentation import checked_augmentation
from keras_pix2pixhd.data.augmenting.layer_arrays import call_layer, check_layer
from keras_pix2pixhd.data.parallel import checked_count
from keras_pix2pixhd.data.partition import checked_shard
from keras_pix2pixhd.data.pipeline.dataset import (
    check_dtype,
    checked_batch_size,
    checked_seed,
    common_size,
)
from keras_pix2pixhd.data.pipeline.pair_headers import pair_headers
from keras_pix2pixhd.data.resize_modes import (
    check_crop,
    checked_sizes,
    crops,
    plan,
)

_ORDER, _PAIR = 0, 1  # what is drawn from a seed


class PairsPyDataset(keras.utils.PyDataset):
    """Batches of pairs for `fit` on any backend, without TensorFlow.

    Made by `Pairs.to_pydataset`. Files are decoded by Pillow, in threads if
    `workers` is more than 1. What is drawn for a pair depends on the seed,
    the epoch and the pair alone, so that it is the same for any number of
    workers.

    `dataset[i]` is batch number `i` of the epoch: a dict of NumPy arrays,
    `label` `(B, H, W)` uint8 (int32 beyond 255 classes), without a class table
    `(B, H, W, 3)` like `image`; `image` `(B, H, W, 3)` float32 in [-1, 1], or
    uint8 in [0, 255]; and, if any, `instance` `(B, H, W)` int32.

    Args:
        pairs: `Pairs`.
        image_size, batch_size, shuffle, augment, seed, resize_mode, load_size,
            image_dtype, shard: As for `Pairs.to_dataset`.
        workers: Int >= 1, threads that read ahead in `fit`; with `1`, batches
            are read as they are asked for. A `layer` in `augment` has random
            numbers of its own, which are reproducible with `1` only. Defaults
            to `1`.
        use_multiprocessing: Whether the workers are processes. Defaults to
            `False`: Pillow decodes outside of Python's lock.
        max_queue_size: Int >= 1, batches read ahead of their use with several
            workers. Defaults to `10`.

    Attributes:
        epoch: Int, which epoch the batches are of. `fit` counts on after each
            epoch, and once before the first, where Keras looks at the shapes.
            To resume a run, set it to what it was.

    Raises:
        ValueError: If an argument is out of range, a header cannot be read, or
            pairs of different sizes would have to form a batch.

    Example:

    >>> import tempfile
    >>> from keras_pix2pixhd.data import PairsPyDataset
    >>> from keras_pix2pixhd.data import read_pairs, write_toy_cars
    >>> pairs = read_pairs(write_toy_cars(tempfile.mkdtemp(), 3))
    >>> dataset = PairsPyDataset(pairs, batch_size=2, shuffle=True, seed=0)
    >>> len(dataset), dataset[0]["image"].shape
    (2, (2, 64, 96, 3))
    """

    def __init__(
        self,
        pairs,
        image_size=None,
        batch_size=1,
        shuffle=False,
        augment=False,
        seed=None,
        resize_mode="resize",
        load_size=None,
        image_dtype="float32",
        shard=None,
        workers=1,
        use_multiprocessing=False,
        max_queue_size=10,
    ):
        checked_count("workers", workers)
        checked_count("max_queue_size", max_queue_size)
        super().__init__(workers, use_multiprocessing, max_queue_size)
        image_size, load_size = checked_sizes(
            resize_mode, image_size, load_size
        )
        check_dtype(image_dtype)
        self._pairs = pairs
        self.batch_size = checked_batch_size(batch_size)
        self._augmentation = checked_augmentation(augment)
        self._crops_at_random = augment is not False
        self._shuffle = bool(shuffle)
        seed = checked_seed(seed)
        if seed is None:  # another one each time
            seed = np.random.SeedSequence().entropy
        self._seed = seed
        self.shard = checked_shard(shard)
        self._image_dtype = image_dtype
        self._sizes = plan(
            resize_mode, _stored_sizes(pairs), image_size, load_size
        )
        check_crop(resize_mode, self._sizes, image_size, pairs.names)
        self._crop = image_size if crops(resize_mode) else None
        size = self._crop or common_size(
            self._sizes, pairs.names, self.batch_size
        )
        self._layer = self._checked_layer(size)
        self._layer_lock = threading.Lock()
        self.epoch = 0

    def __len__(self):
        first, step = self.shard
        count = len(range(first, len(self._pairs), step))
        return math.ceil(count / self.batch_size)

    def __getitem__(self, index):
        if not 0 <= index < len(self):
            raise IndexError(
                f"There are {len(self)} batches. Received: index={index}"
            )
        # Read once: another thread may go on to the next epoch.
        epoch = self.epoch
        first, step = self.shard
        start = index * self.batch_size
        numbers = self.order(epoch)[first::step]
        numbers = numbers[start : start + self.batch_size]
        return self.batch([(epoch, int(number)) for number in numbers])

    def batch(self, drawn):
        """Reads a batch of any pairs, as `dataset[i]` those that are due.

        Args:
            drawn: List of `(epoch, number)`, of the epoch that the pair is
                augmented for, and of the pair.
        """
        rows = [self._pair(*row) for row in drawn]
        return {
            kind: self._scaled(np.stack([row[kind] for row in rows]))
            for kind in rows[0]
        }

    def on_epoch_end(self):
        """Goes on to the next epoch; `fit` calls it."""
        self.epoch += 1

    def order(self, epoch):
        """Returns the numbers of all pairs in the order of an epoch."""
        order = np.arange(len(self._pairs))
        if self._shuffle:
            random = np.random.default_rng([self._seed, epoch, _ORDER])
            order = random.permutation(order)
        return order

    def _pair(self, epoch, number):
        """Reads, resizes, crops and augments one pair."""
        random = np.random.default_rng([self._seed, epoch, _PAIR, number])
        arrays = self._pairs.read(number, tuple(self._sizes[number].tolist()))
        if self._crop:
            arrays = crop_arrays(
                arrays, self._crop, random if self._crops_at_random else None
            )
        if self._augmentation:
            arrays = augment_arrays(arrays, random, self._augmentation)
        if self._layer is not None:
            with self._layer_lock:
                arrays = call_layer(self._layer, arrays)
        return arrays

    def _scaled(self, batch):
        if batch.ndim < 4 or self._image_dtype == "uint8":
            return batch
        return batch.astype("float32") / 127.5 - 1.0

    def _checked_layer(self, size):
        layer = self._augmentation and self._augmentation.layer
        if layer is not None:
            check_layer(
                layer,
                None if None in size else size,
                channels=0 if self._pairs.class_table else 3,
                instance="instance" in self._pairs.kinds,
            )
        return layer


def _stored_sizes(pairs):
    return [
        (header["image"].height, header["image"].width)
        for header in pair_headers(pairs)
    ]
