import contextlib
import functools
import itertools
import json
import uuid

from keras_pix2pixhd.data.files.file_system import as_path, shown
from keras_pix2pixhd.data.parallel import parallel_map
from keras_pix2pixhd.data.pipeline.dataset import tensorflow
from keras_pix2pixhd.data.records.encoding import encoded
from keras_pix2pixhd.data.records.index_file import (
    CLASSES_FILE,
    INDEX_FILE,
    Side,
    index_text,
)


def write_records(
    train, held_out, folder, shards=8, workers=None, progress=None
):
    """Writes two sides of pairs as TFRecord files.

    For storage that is far away or slow at many small files. Photographs in
    JPEG and 8-bit PNG are kept byte for byte, all else becomes PNG; label
    maps hold class indices. Each pair is read and checked on the way.

    The folder gets `train-00000-of-00008.tfrecord` and so on, the same of
    `held_out`, `classes.json`, and, when all of them are complete,
    `records.json`. `read_records` reads them, and so does
    `pix2pixhd train --data`.

    Args:
        train: `Pairs` to train on.
        held_out: `Pairs` to evaluate on.
        folder: Where to write, a folder that holds no records yet; it is
            made. It may be `"gs://..."`.
        shards: Files of each side, >= 1; no more than there are pairs.
            Pairs are dealt out in turns. Defaults to `8`.
        workers: Int >= 1, threads that read. Defaults to `None`: one for
            each core.
        progress: Function that is called after each pair with their number
            so far and the number of all. Defaults to `None`.

    Returns:
        The folder, a path.

    Raises:
        ValueError: If a file cannot be read, the sides do not have the same
            kinds and classes, or the folder has records or cannot be written.
    """
    tf = tensorflow()
    folder = as_path(folder)
    sides = {"train": train, "held_out": held_out}
    _check(sides, folder, shards)
    step = _counter(progress, sum(map(len, sides.values())))
    try:
        tf.io.gfile.makedirs(str(folder))
        written = {
            name: _write_side(tf, name, pairs, folder, shards, workers, step)
            for name, pairs in sides.items()
        }
        if train.class_table is not None:
            text = json.dumps(train.class_table.get_config(), indent=1)
            _write_text(tf, folder / CLASSES_FILE, text + "\n")
        _write_text(tf, folder / INDEX_FILE, index_text(written))
    except (OSError, tf.errors.OpError) as error:
        raise ValueError(
            "Records must go to a folder that can be written. Received: "
            f"{shown(folder)}: {str(error).splitlines()[0]}"
        ) from error
    return folder


def _check(sides, folder, shards):
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
    if (folder / INDEX_FILE).exists():
        raise ValueError(
            "Records must go to a folder that has none yet. Received: "
            f"{shown(folder)}. Choose another, or remove it."
        )


def _counter(progress, total):
    numbers = itertools.count(1)
    return lambda: progress and progress(next(numbers), total)


def _write_side(tf, name, pairs, folder, shards, workers, step):
    """Writes the files of one side; returns its `Side`."""
    count = min(shards, len(pairs))
    files = [f"{name}-{i:05d}-of-{count:05d}.tfrecord" for i in range(count)]
    sizes, ways = [], {kind: [] for kind in pairs.kinds}
    with contextlib.ExitStack() as stack:
        writers = [
            stack.enter_context(_writer(tf, folder / file)) for file in files
        ]
        results = parallel_map(
            functools.partial(encoded, pairs), range(len(pairs)), workers
        )
        for index, (data, ways_of_pair, size) in enumerate(results):
            example = _example(tf, index, pairs.names[index], data)
            writers[index % count].write(example.SerializeToString())
            sizes.append(size)
            for kind, way in ways_of_pair.items():
                ways[kind].append(way)
            step()
    return Side(tuple(files), pairs.names, tuple(sizes), ways)


@contextlib.contextmanager
def _writer(tf, path):
    """Yields what writes records to a file that gets its name at the end."""
    part = f"{path}.{uuid.uuid4().hex}.part"
    try:
        with tf.io.TFRecordWriter(part) as writer:
            yield writer
        tf.io.gfile.rename(part, str(path), overwrite=True)
    finally:
        if tf.io.gfile.exists(part):
            tf.io.gfile.remove(part)


def _example(tf, index, name, data):
    features = {
        kind: tf.train.Feature(bytes_list=tf.train.BytesList(value=[content]))
        for kind, content in {**data, "name": name.encode()}.items()
    }
    numbers = tf.train.Int64List(value=[index])
    features["index"] = tf.train.Feature(int64_list=numbers)
    return tf.train.Example(features=tf.train.Features(feature=features))


def _write_text(tf, path, text):
    part = f"{path}.{uuid.uuid4().hex}.part"
    with tf.io.gfile.GFile(part, "w") as file:
        file.write(text)
    tf.io.gfile.rename(part, str(path), overwrite=True)
