"""The real pairs of a segmenter as batches, with TensorFlow or without."""

from keras_pix2pixhd.data import Augmentation
from keras_pix2pixhd.data.backend_dataset import backend_dataset
from keras_pix2pixhd.metrics.batches import finite_batches

AUGMENTATION = Augmentation(
    flip=True, zoom=1.2, brightness=0.2, contrast=0.2, saturation=0.2
)


def training_batches(pairs, image_size, batch_size, seed):
    """Yields shuffled and augmented batches without an end.

    Args:
        pairs: `Pairs` or `RecordPairs` with classes.
        image_size: `(height, width)`.
        batch_size: int, pairs per batch; the last of an epoch may be smaller.
        seed: int, of the order and the augmentation.

    Yields:
        `(image, label)`: NumPy arrays `(batch, height, width, 3)`, uint8 in
        [0, 255], and `(batch, height, width)` integers.
    """
    dataset = backend_dataset(
        pairs,
        image_size,
        batch_size=batch_size,
        shuffle=True,
        augment=AUGMENTATION,
        seed=seed,
        image_dtype="uint8",
    )
    while True:  # each time in another order
        yield from _arrays(dataset)
        if hasattr(dataset, "on_epoch_end"):
            dataset.on_epoch_end()


def ordered_batches(pairs, image_size, batch_size):
    """Yields every pair once, as it is; else as `training_batches` does."""
    yield from _arrays(
        backend_dataset(
            pairs, image_size, batch_size=batch_size, image_dtype="uint8"
        )
    )


def _arrays(dataset):
    for batch in finite_batches(dataset):
        yield batch["image"], batch["label"]
