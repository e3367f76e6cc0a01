"""What the graph and the servers refuse."""

import typing

import numpy as np

from tests.serving.label_maps import claim, png

_MAP = np.zeros((1, 8, 8), "uint8")
_FILE = png(np.arange(4096).reshape(64, 64).astype("uint8"))


class Bad(typing.NamedTuple):
    """A question, and how it is refused.

    `words` are of the message, over REST `rest_words` where these differ.
    """

    name: str
    signature: str
    inputs: dict
    words: str
    rest_words: str | None = None
    code: str = "INVALID_ARGUMENT"
    status: int = 400


_PIXELS = "at least 1 pixel and at most"

BAD = [
    Bad("a label map without batch", "", {"label": _MAP[0]}, ""),
    Bad("a label map with channels", "", {"label": _MAP[..., None]}, ""),
    Bad(
        "a label map of floats",
        "",
        {"label": _MAP.astype("float32")},
        "Expects arg[0] to be uint8 but float is provided",
        "is not of expected type: uint8",
    ),
    Bad(
        "a label map of strings",
        "",
        {"label": np.full((1, 2, 2), b"car", object)},
        "Expects arg[0] to be uint8 but string is provided",
        "is not of expected type: uint8",
    ),
    Bad("an empty batch", "", {"label": _MAP[:0]}, _PIXELS),
    Bad("maps without height", "", {"label": _MAP[:, :0]}, _PIXELS),
    Bad(
        "no input", "", {}, "input size does not match signature: 0!=1", "Miss"
    ),
    Bad("another input", "", {"labels": _MAP}, "labels", "Missing named input"),
    Bad(
        "an unknown signature",
        "paint",
        {"label": _MAP},
        'Serving signature key "paint" not found.',
        'Serving signature name: "paint" not found',
        code="FAILED_PRECONDITION",
    ),
    Bad(
        "a file that is no PNG",
        "png",
        {"label_png": [b"GIF89a and so on"]},
        "must be the bytes of a PNG file",
    ),
    Bad(
        "an empty file",
        "png",
        {"label_png": [b""]},
        "must be the bytes of a PNG file",
    ),
    Bad("a PNG cut in its header", "png", {"label_png": [_FILE[:20]]}, ""),
    Bad("a PNG cut in its pixels", "png", {"label_png": [_FILE[:-20]]}, "PNG"),
    Bad(
        "a PNG of 100 megapixels",
        "png",
        {"label_png": [claim(10_000, 10_000)]},
        _PIXELS,
    ),
    Bad(
        "a PNG of 2**62 pixels",
        "png",
        {"label_png": [claim(2**31 - 1, 2**31 - 1)]},
        _PIXELS,
    ),
    # 16 (2**60 + 2**15) is 2**19 in 64 bits
    Bad(
        "16 PNGs of 2**60 pixels",
        "png",
        {"label_png": [claim(2**30 + 2**15, 2**30 - 2**15 + 1)] * 16},
        "",
    ),
    Bad("a PNG without width", "png", {"label_png": [claim(0, 9)]}, _PIXELS),
    Bad(
        "files of two sizes",
        "png",
        {"label_png": [_FILE, png(_MAP[0])]},
        "same size",
    ),
    Bad(
        "no files",
        "png",
        {"label_png": np.zeros(0, object)},
        _PIXELS,
        code="INVALID_ARGUMENT",
    ),
    Bad(
        "a file without batch",
        "png",
        {"label_png": np.array(_FILE, object)},
        "",
    ),
]
