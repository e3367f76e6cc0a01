"""The list of label maps that could not be read."""

from keras_pix2pixhd.whole_file import whole_file


def failed_file(folder, shard):
    """Returns the path of the list; each shard has its own.

    Example:

    >>> import pathlib
    >>> failed_file(pathlib.Path(), (0, 1)).name
    'failed.txt'
    >>> failed_file(pathlib.Path(), (0, 4)).name
    'failed-1-of-4.txt'
    """
    index, count = shard
    name = "failed" if count == 1 else f"failed-{index + 1}-of-{count}"
    return folder / f"{name}.txt"


def write_failed(path, failed):
    """Writes the label maps and the reasons, or removes an older list.

    Args:
        path: `pathlib.Path`.
        failed: dict from path to str.
    """
    if not failed:
        path.unlink(missing_ok=True)
        return
    text = "".join(
        f"{file}\t{' '.join(reason.split())}\n"
        for file, reason in failed.items()
    )
    with whole_file(path) as part:
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
