"""The data of a run: found, split, checked, and made into batches."""

from keras_pix2pixhd.data import read_pairs, split, write_toy_cars


def open_split(config, folder, log):
    """Reads and splits the pairs of a data folder.

    Args:
        config: `RunConfig`.
        folder: the data folder.
        log: function that prints a line.

    Returns:
        `Split`.

    Raises:
        ValueError: if the folder or any of its files is not as it must be.
    """
    parts = split(
        read_pairs(folder),
        folder,
        train_fraction=config.train_fraction,
        seed=config.seed,
        subset=config.subset,
    )
    log(f"data: {folder}: {parts.note}")
    if config.check_data:
        for side in (parts.train, parts.held_out):
            side.check()
    return parts


def draw_toy_cars(config, folder, log):
    """Draws toy cars into a folder and splits them like any data."""
    write_toy_cars(
        folder, config.toy_scenes, config.image_size, seed=config.seed
    )
    return open_split(config.replace({"check_data": False}), folder, log)


def evenly(pairs, count):
    """Picks `count` pairs, evenly spread over the names; `None`: all."""
    if count is None or count >= len(pairs):
        return pairs
    step = len(pairs) / count
    return pairs.select([pairs.names[int(i * step)] for i in range(count)])


def training_batches(config, pairs):
    """Returns an endless data set of batches and the steps of an epoch."""
    dataset = pairs.to_dataset(
        config.image_size,
        config.batch_size,
        shuffle=True,
        augment=config.flip,
        seed=config.seed,
    )
    steps = config.steps_per_epoch or len(dataset)
    if config.steps is not None:
        steps = min(steps, config.steps)
    return dataset.repeat(), steps
