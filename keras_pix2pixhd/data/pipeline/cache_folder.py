import hashlib
import json
import os
import pathlib
import uuid

import tensorflow as tf

_FORMAT = 1


class CacheFolder:
    """The folder that holds the arrays of some pairs, a file for each.

    A subfolder is named after everything that its content depends on: files
    with their times, classes, sizes. So what is there and whole is right, and
    what an interrupted run has left is gone on with.

    Args:
        folder: The folder; it is made.
        loader: What reads the pairs.

    Raises:
        ValueError: If the folder cannot be made.
    """

    def __init__(self, folder, loader):
        folder = _checked(folder)
        self._kinds = tuple(loader.dtypes)
        sizes = loader.sizes.tolist()
        all_of_it = [_FORMAT, loader.fingerprint(), self._kinds, sizes]
        key = hashlib.sha256(json.dumps(all_of_it).encode()).hexdigest()[:24]
        self.folder = folder / key
        self._lengths = _lengths(loader)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._not_writable(error) from error

    def missing(self):
        """Returns the numbers of the pairs that are not there, or not whole."""
        there = {
            entry.name: entry.stat().st_size
            for entry in os.scandir(self.folder)
        }
        return [
            index
            for index, lengths in enumerate(self._lengths)
            if any(
                there.get(_name(index, kind)) != length
                for kind, length in lengths.items()
            )
        ]

    def write(self, index, strings):
        """Writes a pair's arrays, each whole or not at all."""
        for kind, string in strings.items():
            path = self.folder / _name(index, kind)
            part = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
            try:
                part.write_bytes(string)
                part.replace(path)
            except OSError as error:
                part.unlink(missing_ok=True)
                raise self._not_writable(error) from error

    def read(self, index, kind):
        """Returns the string of an array, in the graph."""
        number = tf.strings.as_string(index, width=8, fill="0")
        start = f"{self.folder}{os.sep}"
        return tf.io.read_file(tf.strings.join([start, number, f".{kind}"]))

    def _not_writable(self, error):
        return ValueError(
            "`cache` must be 'memory' or a folder that can be written. "
            f'Received: "{self.folder}": {error.strerror}'
        )


def _name(index, kind):
    return f"{index:08d}.{kind}"


def _checked(folder):
    """Returns the folder as a path."""
    is_path = isinstance(folder, (str, os.PathLike))
    if not is_path or "://" in str(folder) or "\0" in str(folder):
        raise ValueError(
            "`cache` must be 'memory' or a folder of this machine. "
            f"Received: cache={folder!r}"
        )
    return pathlib.Path(folder)


def _lengths(loader):
    """Returns, for each pair, a dict from kind to the bytes of its string."""
    known = {}
    for size in {tuple(size) for size in loader.sizes.tolist()}:
        known[size] = {
            kind: len(
                tf.io.serialize_tensor(
                    tf.zeros([*size, 3][: loader.ranks[kind]], dtype)
                ).numpy()
            )
            for kind, dtype in loader.dtypes.items()
        }
    return [known[tuple(size)] for size in loader.sizes.tolist()]
