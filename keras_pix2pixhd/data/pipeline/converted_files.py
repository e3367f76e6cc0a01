"""Files that TensorFlow cannot read, converted once for this process."""

import atexit
import concurrent.futures
import functools
import hashlib
import pathlib
import shutil
import tempfile

from keras_pix2pixhd.data.files.file_system import RemotePath
from keras_pix2pixhd.data.pipeline.packed_images import as_image


def converted(jobs):
    """Writes PNG files that TensorFlow reads, where there are none yet.

    They lie in a temporary folder until the process ends. What is kept for
    longer is a cache: see `Pairs.to_dataset`.

    Args:
        jobs: List of pairs: a key, a tuple that tells files apart and changes
            with what is in them; and a function without arguments that reads
            the array: `(H, W, 3)` uint8, `(H, W)` uint8 or uint16, or
            `(H, W)` int32.

    Returns:
        List of paths, str.
    """
    if not jobs:
        return []
    folder = _folder()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        return list(pool.map(lambda job: _convert(folder, *job), jobs))


def fingerprint(path):
    """Returns a tuple that differs when a file is another, or has changed."""
    if isinstance(path, RemotePath):
        import tensorflow as tf

        status = tf.io.gfile.stat(str(path))
        return str(path), status.length, status.mtime_nsec
    status = path.stat()
    return str(path.resolve()), status.st_size, status.st_mtime_ns


def _convert(folder, key, read):
    name = hashlib.sha256(repr(key).encode()).hexdigest()
    path = folder / f"{name}.png"
    if not path.exists():
        part = path.with_suffix(f".{id(read)}.part")
        as_image(read()).save(part, format="PNG", compress_level=1)
        part.replace(path)
    return str(path)


@functools.cache
def _folder():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pix2pixhd-converted-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
