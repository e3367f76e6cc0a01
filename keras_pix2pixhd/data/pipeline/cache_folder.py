import hashlib
import json
import os
import pathlib

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
        self._kinds = tuple(loader.dtypes)
        sizes = loader.sizes.tolist()
        all_of_it = [_FORMAT, loader.fingerprint(), self._kinds, sizes]
        key = hashlib.sha256(json.dumps(all_of_it).encode()).hexdigest()[:24]
        self.folder = pathlib.Path(folder) / key
        self._count = len(sizes)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._not_writable(error) from error

    def missing(self):
        """Returns the numbers of the pairs that are not there yet."""
        there = {entry.name for entry in os.scandir(self.folder)}
        return [
            index
            for index in range(self._count)
            if any(_name(index, kind) not in there for kind in self._kinds)
        ]

    def write(self, index, strings):
        """Writes a pair's arrays, each whole or not at all."""
        for kind, string in strings.items():
            path = self.folder / _name(index, kind)
            part = path.with_suffix(f".{os.getpid()}.part")
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
