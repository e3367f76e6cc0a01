"""Decoded and resized pairs, kept in memory or in a folder."""

import os
import re

import tensorflow as tf

from keras_pix2pixhd.data.pipeline.cache_folder import CacheFolder
from keras_pix2pixhd.data.pipeline.cached_loader import CachedLoader
from keras_pix2pixhd.unreadable_data import unreadable

MEMORY = "memory"
_GIB = 2**30


def cached(cache, loader):
    """Returns a loader that reads each pair once and keeps it.

    Args:
        cache: `None`, `"memory"`, or a folder.
        loader: `PairLoader` or `RecordLoader`.

    Returns:
        `loader`, or a `CachedLoader` in its place.

    Raises:
        ValueError: If there is no room for the cache, or a file cannot be
            read.
    """
    if cache is None:
        return loader
    if cache == MEMORY:
        return CachedLoader(loader, _in_memory(loader))
    folder = CacheFolder(cache, loader)
    for index, strings in _serialized(loader, folder.missing()):
        folder.write(index, strings)
    return CachedLoader(loader, folder.read)


def _in_memory(loader):
    _check_memory(loader)
    count = len(loader.sizes)
    kept = {kind: [] for kind in loader.dtypes}
    for _, strings in _serialized(loader, list(range(count))):
        for kind, string in strings.items():
            kept[kind].append(string)
    kept = {kind: tf.constant(strings) for kind, strings in kept.items()}
    return lambda index, kind: tf.gather(kept[kind], index)


def _check_memory(loader):
    pixels = int((loader.sizes[:, 0] * loader.sizes[:, 1]).sum())
    each = {"uint8": 1, "int32": 4}
    needed = pixels * sum(
        each[dtype] * (3 if loader.ranks[kind] == 3 else 1)
        for kind, dtype in loader.dtypes.items()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    if needed > 0.8 * memory:
        raise ValueError(
            "cache='memory' must fit into four fifths of the memory. Received: "
            f"{len(loader.sizes)} pairs of {needed / _GIB:.1f} GiB in all, on "
            f"a machine with {memory / _GIB:.1f} GiB. Give a folder to cache "
            "in instead."
        )


def _serialized(loader, indices):
    """Yields the numbers of pairs, and their arrays as strings by kind."""

    @tf.autograph.experimental.do_not_convert
    def serialize(index, arrays):
        strings = {k: tf.io.serialize_tensor(a) for k, a in arrays.items()}
        return index, strings

    if not indices:
        return
    dataset = loader.stream(indices).map(serialize).prefetch(tf.data.AUTOTUNE)
    try:
        yield from dataset.as_numpy_iterator()
    except tf.errors.OpError as error:
        raise ValueError(_words(error)) from None


def _words(error):
    said = re.search(r"ValueError: (.*)", error.message)
    return said[1] if said else unreadable(error.message)
