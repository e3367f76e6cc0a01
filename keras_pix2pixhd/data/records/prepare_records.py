import pathlib

from keras_pix2pixhd.data.files.file_system import as_path, shown
from keras_pix2pixhd.data.layouts.read_pairs import read_pairs
from keras_pix2pixhd.data.records.read_records import read_records
from keras_pix2pixhd.data.records.write_records import write_records
from keras_pix2pixhd.data.splits import split


def prepare_records(
    folder,
    output,
    layout=None,
    components=False,
    train_fraction=0.925,
    seed=0,
    subset=None,
    classes=None,
    **kwargs,
):
    """Splits the pairs of a data folder and writes them as TFRecords.

    Args:
        folder: The data folder.
        output: The folder to write, not inside `folder` nor around it; see
            `write_records`.
        layout: As of `read_pairs`.
        components: Whether to make instances of the connected regions of the
            label maps, at the size that they are stored in. Defaults to
            `False`.
        train_fraction, seed, subset: As of `split`.
        classes: As of `read_pairs`.
        **kwargs: `shards`, `workers` and `progress` of `write_records`.

    Returns:
        `Split` of `RecordPairs`.

    Raises:
        ValueError: If the folder is not as it must be, or the output cannot
            be written.
    """
    _check_apart(as_path(folder), as_path(output))
    pairs = read_pairs(folder, layout, classes=classes)
    if components:
        pairs = pairs.with_components()
    parts = split(pairs, folder, train_fraction, seed, subset)
    write_records(parts.train, parts.held_out, output, **kwargs)
    return read_records(output)._replace(note=parts.note)


def _check_apart(folder, output):
    inner, outer = _parts(folder), _parts(output)
    shared = min(len(inner), len(outer))
    if inner[:shared] == outer[:shared]:
        raise ValueError(
            "Records must go to a folder apart from the data. Received: "
            f"{shown(output)} for the data {shown(folder)}. Choose another."
        )


def _parts(path):
    path = path.resolve() if isinstance(path, pathlib.Path) else path
    return str(path).rstrip("/").replace("\\", "/").split("/")
