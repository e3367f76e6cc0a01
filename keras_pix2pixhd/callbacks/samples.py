"""The held-out samples that a run is watched on."""

import numpy as np
from keras import ops

from keras_pix2pixhd.argument_checks import checked_count
from keras_pix2pixhd.data import Pairs
from keras_pix2pixhd.layers import as_floats
from keras_pix2pixhd.metrics.batches import finite_batches


def take_samples(pairs_or_dataset, count=None, image_size=None):
    """Picks samples, spread evenly from the first to the last.

    Args:
        pairs_or_dataset: `Pairs`, of which only the picked ones are read; or
            a data set of batches (see `evaluate_generator`), which is gone
            through twice: do not shuffle it.
        count: int, at least 1. How many; all, if there are no more, and by
            default.
        image_size: `(height, width)` to resize pairs to: images bicubic,
            label and instance maps nearest. Default: as stored.

    Returns:
        Dict of NumPy arrays: `label` `(count, height, width)` integers, or
        `(count, height, width, channels)` float32 in [-1, 1] where there are
        no classes; `image` `(count, height, width, 3)` float32 in [-1, 1];
        and, if any, `instance` `(count, height, width)` int32.

    Raises:
        ValueError: if `count` is below 1, there is no sample, or the samples
            differ in size.

    Example:

    >>> batches = [{"label": np.full((5, 2, 2), i)} for i in range(2)]
    >>> take_samples(batches, 3)["label"][:, 0, 0].tolist()
    [0, 1, 1]
    """
    if count is not None:
        count = checked_count("count", count)
    if isinstance(pairs_or_dataset, Pairs):
        pairs = pairs_or_dataset
        picked = _spread(len(pairs), count)
        samples = [pairs.read(index, image_size) for index in picked]
    else:
        samples = _from_batches(pairs_or_dataset, count, image_size)
    sizes = sorted({sample["label"].shape[:2] for sample in samples})
    if len(sizes) > 1:
        raise ValueError(
            "Samples must have the same size. Received: sizes (height, "
            f"width) {sizes}. Pass image_size=(height, width)."
        )
    joined = {key: np.stack([s[key] for s in samples]) for key in samples[0]}
    return {key: _as_networks_see(array) for key, array in joined.items()}


def _as_networks_see(array):
    """Pixels as floats; label and instance maps as they are."""
    pixels = array.ndim == 4 and array.dtype == np.uint8
    return ops.convert_to_numpy(as_floats(array)) if pixels else array


def _spread(total, count):
    if not total:
        raise ValueError(
            "There must be at least one sample to pick. Received: none"
        )
    count = total if count is None else min(count, total)
    places = np.linspace(0, total - 1, count)
    return np.floor(places + 0.5).astype("int64").tolist()


def _from_batches(dataset, count, image_size):
    if image_size is not None:
        raise ValueError(
            "image_size is for Pairs: a data set has its size already. "
            f"Received: image_size={image_size}"
        )
    if hasattr(dataset, "__next__"):
        raise ValueError(
            "The data set is gone through twice. Received: a "
            f"{type(dataset).__name__}, which can be read only once. Pass a "
            "list of its batches."
        )
    total = sum(len(batch["label"]) for batch in finite_batches(dataset))
    picked = set(_spread(total, count))
    samples, start = [], 0
    for batch in finite_batches(dataset):
        for place in range(len(batch["label"])):
            if start + place in picked:
                samples.append({k: array[place] for k, array in batch.items()})
        start += len(batch["label"])
    return samples
