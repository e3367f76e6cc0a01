from keras_pix2pixhd.data.files.file_system import as_path, shown
from keras_pix2pixhd.data.records.index_file import INDEX_FILE, read_index
from keras_pix2pixhd.data.records.record_pairs import RecordPairs
from keras_pix2pixhd.data.splits import Split


def has_records(folder):
    """Whether `write_records` has completed a folder."""
    return (as_path(folder) / INDEX_FILE).is_file()


def read_records(folder):
    """Opens the TFRecord files that `write_records` wrote.

    Args:
        folder: The folder; it may be `"gs://..."`.

    Returns:
        `Split`, a named tuple (train, held_out, note) of `RecordPairs`.

    Raises:
        ValueError: If the folder has no `records.json`, or one that is
            damaged, or a file is missing.
    """
    folder = as_path(folder)
    if not has_records(folder):
        raise ValueError(
            f"`folder` must hold {INDEX_FILE}, which write_records writes "
            f"last. Received: {shown(folder)}"
        )
    sides, table = read_index(folder / INDEX_FILE)
    for side in sides.values():
        missing = [n for n in side.files if not (folder / n).is_file()]
        if missing:
            raise ValueError(
                f"Every file of {INDEX_FILE} must be there. Received: "
                f"{shown(folder)} without {', '.join(missing[:5])} "
                f"({len(missing)} in all). Write the records again."
            )
    train, held_out = (
        RecordPairs(folder, sides[name], table)
        for name in ("train", "held_out")
    )
    note = f"{len(train)} training, {len(held_out)} held-out pairs (records)"
    return Split(train, held_out, note)
