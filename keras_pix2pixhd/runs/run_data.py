"""The data of a run: found, split, checked, and made into batches."""

import keras

from keras_pix2pixhd.data import (
    Augmentation,
    read_pairs,
    read_records,
    split,
    write_toy_cars,
)
from keras_pix2pixhd.data.backend_dataset import (
    backend_dataset,
    reads_with_tensorflow,
)
from keras_pix2pixhd.data.partition import evenly as evenly_spread
from keras_pix2pixhd.data.records.read_records import has_records
from keras_pix2pixhd.data.splits import split_as


def open_split(config, folder, log, choose=None):
    """Reads and splits the pairs of a data folder.

    Args:
        config: `RunConfig`.
        folder: the data folder.
        log: function that prints a line.
        choose: function from the names of the pairs to `(train, held_out,
            note)`, or to `None` for the split of the configuration. Not asked
            for records, which have their sides.

    Returns:
        `Split`.

    Raises:
        ValueError: if the folder or any of its files is not as it must be.
    """
    if has_records(folder):
        return _open_records(config, folder, log)
    pairs = read_pairs(folder, config.layout, classes=config.classes)
    layout = pairs.layout
    if needs_instances(config) and config.instances == "components":
        pairs = pairs.with_components()
    _check_instances(config, pairs, folder)
    chosen = choose and choose(pairs.names)
    if chosen:
        parts = split_as(pairs, *chosen)
    else:
        parts = split(
            pairs,
            folder,
            train_fraction=config.train_fraction,
            seed=config.seed,
            subset=config.subset,
        )
    log(f"data: {folder}: {parts.note}")
    if config.data is not None:
        log(f"layout: {layout}, {_classes(pairs)}")
    if config.cache is not None and not reads_with_tensorflow(pairs):
        log(
            f"cache={config.cache} is left out: only KERAS_BACKEND=tensorflow "
            "has caches"
        )
    if config.check_data:
        pairs.select(parts.train.names + parts.held_out.names).check()
    return parts


def _open_records(config, folder, log):
    if config.layout or config.classes:
        raise ValueError(
            "TFRecords have their own classes and no layout. Received: "
            f"layout={config.layout}, classes={config.classes} for {folder}. "
            "Leave them out."
        )
    parts = read_records(folder)
    _check_instances(config, parts.train, folder)
    if config.subset is not None:
        share = len(parts.held_out) / (len(parts.train) + len(parts.held_out))
        held_out = max(round(config.subset * share), 1)
        train = max(config.subset - held_out, 1)
        parts = parts._replace(
            train=parts.train.subset(train, config.seed),
            held_out=parts.held_out.subset(held_out, config.seed),
            note=f"{config.subset} pairs at random of {parts.note}",
        )
    log(f"data: {folder}: {parts.note}")
    if config.check_data:
        parts.train.check()
        parts.held_out.check()
    return parts


def _classes(pairs):
    table = pairs.class_table
    return f"{len(table)} classes" if table else "images to images"


def _check_instances(config, pairs, folder):
    if needs_instances(config) and "instance" not in pairs.kinds:
        raise ValueError(
            "Data for use_instance_edges or features=instances must have "
            f"instance maps. Received: {folder}, which has "
            f"{' and '.join(pairs.kinds)} only. Add instances/, or set "
            "instances=components for the connected regions of the label "
            "maps, or do without: use_instance_edges=false, features=none."
        )


def needs_instances(config):
    """Whether the model of a configuration sees instance maps."""
    return config.use_instance_edges or config.features == "instances"


def draw_toy_cars(config, folder, log):
    """Draws toy cars into a folder and splits them like any data."""
    write_toy_cars(
        folder, config.toy_scenes, config.image_size, seed=config.seed
    )
    return open_split(config.replace({"check_data": False}), folder, log)


def evenly(pairs, count):
    """Picks `count` pairs, evenly spread; `None` picks all."""
    if count is None or count >= len(pairs):
        return pairs
    return pairs.select(evenly_spread(list(pairs.names), count))


def steps_of_epoch(config, pairs):
    """Returns the steps of a whole epoch: as set, or every pair once."""
    return config.steps_per_epoch or -(-len(pairs) // config.batch_size)


def batches(config, pairs, train=False, start=0, shard=None):
    """Returns the data set of a configuration.

    Args:
        config: `RunConfig`.
        pairs: the pairs of one side.
        train: bool, default False. Whether batches are shuffled, augmented,
            of `config.batch_size`, and without an end.
        start: int, default 0. How many of the batches for training to leave
            out at first, unread.
        shard: `(index, count)`, to read only one of `count` equal parts of
            each batch for training; default `None`: all of it. For worker
            `index`, which on JAX is given just that. A
            `tf.distribute.Strategy` divides what it is given by all replicas:
            so there its batches hold the parts of `count` steps.

    Returns:
        the data set of batches that suits the backend; images are uint8
        pixels, which the model scales on the device.
    """
    dataset = backend_dataset(
        pairs,
        config.image_size,
        resize_mode=config.resize_mode,
        load_size=config.load_size,
        image_dtype="uint8",
        **(_training(config, start, shard) if train else {}),
    )
    if shard is None or keras.backend.backend() != "tensorflow":
        return dataset
    return dataset.rebatch(config.batch_size, drop_remainder=True)


def _training(config, start, shard):
    names = "flip zoom rotation brightness contrast saturation hue".split()
    return {
        "batch_size": config.batch_size // (shard[1] if shard else 1),
        "shuffle": True,
        "augment": Augmentation(**{n: getattr(config, n) for n in names}),
        "seed": config.seed,
        "cache": config.cache,
        "repeat": True,
        "start": start,
        "shard": shard,
    }
