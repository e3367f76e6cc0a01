"""The package's batches: tf.data on TensorFlow, threads on JAX and torch."""

import itertools
import time

SETTINGS = {
    "tensorflow": {
        "ours": {},
        "ours, uint8": {"image_dtype": "uint8"},
        "ours, cached in memory": {"cache": "memory"},
        "ours, cached, uint8": {"cache": "memory", "image_dtype": "uint8"},
        "ours, cached in a folder": {"cache": "folder"},
    },
    # which have no caches
    "jax": {"ours": {}, "ours, uint8": {"image_dtype": "uint8"}},
}
SETTINGS["torch"] = SETTINGS["jax"]


def our_epochs(pairs, image_size, batch_size, settings, cache):
    """Yields the seconds of one epoch after another.

    Args:
        pairs: `Pairs`.
        image_size: (height, width).
        batch_size: int.
        settings: one of `SETTINGS`.
        cache: str. Folder for a cache in one.
    """
    from keras_pix2pixhd.data.backend_dataset import (
        backend_dataset,
        reads_with_tensorflow,
    )

    settings = dict(settings)
    if settings.get("cache") == "folder":
        settings["cache"] = cache
    ends = reads_with_tensorflow(pairs)
    dataset = backend_dataset(
        pairs,
        image_size,
        batch_size=batch_size,
        shuffle=True,
        augment=True,
        seed=0,
        repeat=not ends,
        **settings,
    )
    numbers = itertools.count()
    batches = -(-len(pairs) // batch_size)
    while True:
        start = time.perf_counter()
        if ends:
            images = sum(len(batch["image"]) for batch in dataset)
        else:
            numbered = itertools.islice(numbers, batches)
            images = sum(len(dataset[i]["image"]) for i in numbered)
        if images < len(pairs):
            raise RuntimeError(f"{images} of {len(pairs)} images came.")
        yield time.perf_counter() - start
