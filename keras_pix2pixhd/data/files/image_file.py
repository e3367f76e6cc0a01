"""Opening image files with Pillow: refused early, upright, raw levels."""

import contextlib
import typing

import numpy as np
from PIL import (
    BmpImagePlugin,
    ExifTags,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    PpmImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from keras_pix2pixhd.data.files.file_system import as_path, shown
from keras_pix2pixhd.data.files.opened_file import (
    NotReadableError,
    not_readable,
    opened,
)

# A square of 16384: 1 GiB when decoded. A file of a few kilobytes can claim
# far more, so the header is asked before the decoder.
LARGEST_PIXELS = 2**28

# Pillow's own `Image.open` would try each of its plugins on a broken file,
# and warn of sizes that are large but meant.
_FORMATS = (
    (b"\x89PNG\r\n\x1a\n", PngImagePlugin.PngImageFile),
    (b"\xff\xd8\xff", JpegImagePlugin.JpegImageFile),
    (b"GIF87a", GifImagePlugin.GifImageFile),
    (b"GIF89a", GifImagePlugin.GifImageFile),
    (b"BM", BmpImagePlugin.BmpImageFile),
    (b"RIFF", WebPImagePlugin.WebPImageFile),
    *((b"P%d" % n, PpmImagePlugin.PpmImageFile) for n in range(1, 7)),
    *(
        (start, TiffImagePlugin.TiffImageFile)
        for start in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
    ),
)

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class LazyImage(typing.NamedTuple):
    """An image whose pixels are not decoded yet.

    Attributes:
        image: `PIL.Image.Image`, lazy.
        mode: `FileHeader.mode`.
        largest: What the largest level of a channel is in the file where
            Pillow stretches it to 255 (65535 in mode `"I"`), else `None`.
    """

    image: Image.Image
    mode: str
    largest: int | None


def open_image(path, as_stored=False):
    """Decodes one image file, first frame, turned as its EXIF says.

    Args:
        path: The file.
        as_stored: Whether levels of less than 8 bits, or of a PGM file with
            an odd maximum, are returned as the file holds them, as ids need.
            Defaults to `False`: stretched to 255 (or 65535).

    Returns:
        A loaded `PIL.Image.Image`, in the mode that it is stored in.

    Raises:
        ValueError: If the file is missing, truncated, not an image or too
            large, or its levels cannot be had as stored.
    """
    with open_lazily(path) as lazy:
        image = lazy.image
        orientation, _ = orientation_of(image)
        # Pillow turns TIFF files itself while it loads them.
        turn = None if image.format == "TIFF" else _TURNS.get(orientation)
        if as_stored:
            _check_bits(path, lazy)
        image.load()
        if as_stored and lazy.largest:
            image = _unstretched(image, lazy.largest)
        return image if turn is None else image.transpose(turn)


@contextlib.contextmanager
def open_lazily(path):
    """Yields a `LazyImage`; what goes wrong inside is the file's fault."""
    path = as_path(path)
    with opened(path) as file:
        try:
            yield _lazy(path, file)
        except NotReadableError:
            raise
        except Exception as error:
            # Decoders raise all sorts of errors on damaged files.
            raise not_readable(path, error) from error


def _lazy(path, file):
    start = file.read(16)
    file.seek(0)
    factories = [f for magic, f in _FORMATS if start.startswith(magic)]
    if not factories:
        raise not_readable(
            path, f"a file that begins with {start!r}, in no known format"
        )
    image = factories[0](file, "")
    if image.width * image.height > LARGEST_PIXELS:
        raise NotReadableError(
            f"{shown(path)} must have at most {LARGEST_PIXELS} pixels. "
            f"Received: {image.height} high and {image.width} wide. Cut it "
            "into tiles, or make it smaller."
        )
    raw, largest = _levels(image)
    return LazyImage(image, raw, largest)


def _levels(image):
    """Returns the mode of the header, and the largest level if stretched."""
    args = image.tile[0].args if image.tile else None
    raw = args[0] if isinstance(args, tuple) and args else args
    raw = raw if isinstance(raw, str) else image.mode
    if raw.startswith(("L;2", "L;4")):
        bits = int(raw[2])
        return f"L;{bits}", 2**bits - 1
    if ";16" in raw and not image.mode.startswith("I"):
        return raw, 65535
    if image.format == "PPM" and isinstance(args, tuple):
        full = 65535 if image.mode == "I" else 255
        return image.mode, args[-1] if args[-1] != full else None
    return image.mode, None


def _check_bits(path, lazy):
    if lazy.largest and lazy.image.mode not in ("L", "I"):
        raise NotReadableError(
            f"{shown(path)} must hold ids, or colours of 8 bits a channel. "
            f"Received: mode {lazy.mode!r} with levels up to {lazy.largest}. "
            "Save ids as greyscale without alpha, colours as 8-bit RGB."
        )


def _unstretched(image, largest):
    full = 255 if image.mode == "L" else 65535
    levels = np.asarray(image).astype("int64")
    levels = (levels * largest + full // 2) // full
    return Image.fromarray(levels.astype("uint8" if full == 255 else "int32"))


def orientation_of(image):
    """Returns the EXIF orientation of a lazy image, and if it swaps sizes.

    A tag that cannot be read counts as upright, as in image viewers. A PNG
    may carry its EXIF after the pixels; there it is not looked for.
    """
    try:
        # That of the PNG class would decode the pixels.
        tags = Image.Image.getexif(image)
        orientation = tags.get(ExifTags.Base.Orientation, 1)
    except Exception:
        return 1, False
    if orientation not in range(2, 9):
        return 1, False
    done = image.format == "TIFF" and image.tag_v2.get(
        ExifTags.Base.Orientation
    ) in range(5, 9)
    return orientation, orientation >= 5 and not done
