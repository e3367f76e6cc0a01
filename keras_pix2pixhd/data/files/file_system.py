"""Paths on this machine and behind a scheme such as gs://."""

import functools
import pathlib

_SCHEME = "://"


def as_path(path):
    """Returns what to list and open at `path`, a folder or file.

    Args:
        path: A string or path. `"scheme://..."` is what `tf.io.gfile` knows:
            `"gs://"`, `"ram://"`, and `"s3://"` or `"hdfs://"` where
            tensorflow-io is imported.

    Returns:
        `pathlib.Path`, or `RemotePath` behind a scheme.

    Raises:
        ValueError: If `path` is not a path, or needs TensorFlow, which is
            not installed.

    Example:

    >>> as_path("cars/images").name
    'images'
    """
    if isinstance(path, RemotePath):
        return path
    if isinstance(path, str) and _SCHEME in path:
        return RemotePath(path)
    try:
        return pathlib.Path(path)
    except TypeError as error:
        raise ValueError(
            "A folder or file must be a string or a path. "
            f"Received: {path!r} of type {type(path).__name__}"
        ) from error


def shown(path):
    """Returns `path` in quotes on one line, for messages.

    Characters that would not print, such as a newline, are escaped.

    Example:

    >>> print(shown("two\\nlines.png"))
    "two\\nlines.png"
    """
    return f'"{one_line(path)}"'


def one_line(text):
    """Returns `str(text)` with the characters escaped that would not print."""
    return "".join(
        letter if letter.isprintable() else repr(letter)[1:-1]
        for letter in str(text)
    )


@functools.total_ordering
class RemotePath:
    """A folder or file behind a scheme, used like a `pathlib.Path`.

    `str()` of it is what `tf.io.read_file` takes.

    Args:
        url: String such as `"gs://bucket/cars/images"`.

    Raises:
        ValueError: If TensorFlow is not installed.
    """

    def __init__(self, url):
        _gfile()
        self._scheme, rest = str(url).split(_SCHEME, 1)
        self._rest = rest.rstrip("/")

    def __str__(self):
        return self._scheme + _SCHEME + self._rest

    def __repr__(self):
        return f"RemotePath({str(self)!r})"

    def __eq__(self, other):
        return isinstance(other, RemotePath) and str(self) == str(other)

    def __lt__(self, other):
        if not isinstance(other, RemotePath):
            return NotImplemented
        return str(self) < str(other)

    def __hash__(self):
        return hash(str(self))

    def __truediv__(self, name):
        return RemotePath(f"{self}/{name}" if self._rest else f"{self}{name}")

    @property
    def name(self):
        return self._rest.rpartition("/")[-1]

    @property
    def stem(self):
        return pathlib.PurePosixPath(self.name).stem

    @property
    def suffix(self):
        return pathlib.PurePosixPath(self.name).suffix

    @property
    def parent(self):
        return RemotePath(
            self._scheme + _SCHEME + self._rest.rpartition("/")[0]
        )

    def exists(self):
        return _asked(self, _gfile().exists)

    def is_dir(self):
        return _asked(self, _gfile().isdir)

    def is_file(self):
        return self.exists() and not self.is_dir()

    def iterdir(self):
        """Yields what the folder holds; folders on gs:// lose their "/"."""
        for name in _asked(self, _gfile().listdir):
            yield self / name.rstrip("/")

    def open(self, mode="rb"):
        """Opens the file; what it raises is TensorFlow's."""
        return _gfile().GFile(str(self), mode)

    def read_bytes(self):
        """Returns the file's bytes; what it raises is TensorFlow's."""
        with self.open("rb") as file:
            return file.read()

    def read_text(self, encoding="utf-8"):
        """Returns the file's text; what it raises is TensorFlow's."""
        return self.read_bytes().decode(encoding)


def _asked(path, question):
    try:
        return question(str(path))
    except Exception as error:  # TensorFlow's errors share no other base.
        raise ValueError(
            "The storage must be reachable and known to tf.io.gfile. "
            f"Received: {shown(path)}: {one_line(error)}"
        ) from error


def _gfile():
    try:
        import tensorflow as tf
    except ImportError as error:
        raise ValueError(
            "Paths such as gs://... are read by tf.io.gfile, which needs "
            f"tensorflow on every backend. Received: {error}. "
            "pip install tensorflow, or copy the files to this machine."
        ) from error
    return tf.io.gfile
