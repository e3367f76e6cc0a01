import contextlib
import functools
import itertools

from keras_pix2pixhd.data.files.file_system import as_path, shown
from keras_pix2pixhd.data.parallel import parallel_map
from keras_pix2pixhd.data.pipeline.dataset import tensorflow
from keras_pix2pixhd.data.records.encoding import encoded, name_bytes
from keras_pix2pixhd.data.records.index_file import (
    INDEX_FILE,
    Side,
    file_names,
    index_text,
)
from keras_pix2pixhd.data.records.output_folder import NewFiles, cleared


def write_records(
    train, held_out, folder, shards=8, workers=None, progress=None
):
    """Writes two sides of pairs as TFRecord files.

    For storage that is far away or slow at many small files. Photographs in
    JPEG and 8-bit PNG are kept byte for byte, all else becomes PNG; label
    maps hold class indices. Each pair is read and checked on the way.

    The folder gets `train-00000-of-00008.tfrecord` and so on, the same of
    `held_out`, and `records.json`, which also has the classes: all of them
    when they are complete, or none. `read_records` reads them, and so does
    `pix2pixhd train --data`.

    Args:
        train: `Pairs` to train on.
        held_out: `Pairs` to evaluate on.
        folder: Where to write, a new or empty folder. What an earlier
            attempt left there when it was killed is removed. It may be
            `"gs://..."`.
        shards: Files of each side, >= 1; no more than there are pairs.
            Pairs are dealt out in turns. Defaults to `8`.
        workers: Int >= 1, threads that read. Defaults to `None`: one for
            each core.
        progress: Function that is called after each pair with their number
            so far and the number of all. Defaults to `None`.

    Returns:
        The folder, a path.

    Raises:
        ValueError: If a file cannot be read, a side is empty, the sides do
            not have the same kinds and classes, or the folder is not empty or
            cannot be written.
    """
    tf = tensorflow(of_records=True)
    folder = as_path(folder)
    sides = {"train": train, "held_out": held_out}
    _check(sides, shards)
    step = _counter(progress, sum(map(len, sides.values())))
    try:
        cleared(folder)
        with NewFiles(folder) as files:
            written = {
                name: _write_side(tf, name, pairs, files, shards, workers, step)
                for name, pairs in sides.items()
            }
            text = index_text(written, train.class_table)
            files.write_text(INDEX_FILE, text)
    except (OSError, tf.errors.OpError) as error:
        raise ValueError(
            "Records must go to a folder that can be written. Received: "
            f"{shown(folder)}: {str(error).splitlines()[0]}"
        ) from error
    return folder


def _check(sides, shards):
    if isinstance(shards, bool) or not isinstance(shards, int) or shards < 1:
        raise ValueError(
            f"`shards` must be an integer >= 1. Received: shards={shards!r}"
        )
    what = [(pairs.kinds, pairs.class_table) for pairs in sides.values()]
    if what[0] != what[1]:
        raise ValueError(
            "Both sides must have the same kinds and classes. Received: "
            f"{' and '.join(map(repr, sides.values()))}"
        )
    empty = [name for name, pairs in sides.items() if not len(pairs)]
    if empty:
        raise ValueError(
            "Both sides must have at least one pair. "
            f"Received: no pair in {' and '.join(empty)}"
        )


def _counter(progress, total):
    numbers = itertools.count(1)
    return lambda: progress and progress(next(numbers), total)


def _write_side(tf, name, pairs, files, shards, workers, step):
    """Writes the files of one side; returns its `Side`."""
    names = file_names(name, min(shards, len(pairs)))
    sizes, ways = [], {kind: [] for kind in pairs.kinds}
    with contextlib.ExitStack() as stack:
        writers = [
            stack.enter_context(tf.io.TFRecordWriter(files.path(name)))
            for name in names
        ]
        results = parallel_map(
            functools.partial(encoded, pairs), range(len(pairs)), workers
        )
        for index, (data, ways_of_pair, size) in enumerate(results):
            example = _example(tf, index, pairs.names[index], data)
            writers[index % len(writers)].write(example.SerializeToString())
            sizes.append(size)
            for kind, way in ways_of_pair.items():
                ways[kind].append(way)
            step()
    return Side(names, pairs.names, tuple(sizes), ways)


def _example(tf, index, name, data):
    features = {
        kind: tf.train.Feature(bytes_list=tf.train.BytesList(value=[content]))
        for kind, content in {**data, "name": name_bytes(name)}.items()
    }
    numbers = tf.train.Int64List(value=[index])
    features["index"] = tf.train.Feature(int64_list=numbers)
    return tf.train.Example(features=tf.train.Features(feature=features))
