"""Label maps of three classes, as indices and as files."""

import io
import struct
import zlib

import numpy as np
from PIL import Image

from keras_pix2pixhd.data import ClassTable

TABLE = ClassTable(
    names=["ground", "car", "sign"],
    ids=[0, (1, 255), 7],
    colors=[(0, 0, 9), (200, 10, 30), (5, 250, 6)],
    void_ids=[4],
)
IDS = np.array([0, 255, 7] + [0] * 252 + [4], "uint8")


def labels(rng, *shape):
    """Returns class indices, some of them void."""
    return rng.choice([0, 1, 2, 255], shape).astype("uint8")


def png(pixels):
    """Returns the bytes of a PNG file."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format="PNG")
    return file.getvalue()


def label_png(label):
    """Returns the PNG file of the ids of class indices, `(H, W)`."""
    return png(IDS[label])


def pixels_of(file):
    """Returns what a PNG file shows."""
    return np.asarray(Image.open(io.BytesIO(file)))


def claim(width, height):
    """Returns a greyscale PNG whose header says more than it holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 99))]
    file = b"\x89PNG\r\n\x1a\n"
    for kind, content in [*chunks, (b"IEND", b"")]:
        check = struct.pack(">I", zlib.crc32(kind + content))
        file += struct.pack(">I", len(content)) + kind + content + check
    return file


def assert_within_one_level(actual, expected):
    actual = np.asarray(actual)
    assert actual.shape == expected.shape
    assert abs(actual.astype(int) - expected.astype(int)).max() <= 1
