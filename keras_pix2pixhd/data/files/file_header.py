import typing

from keras_pix2pixhd.data.files.array_file import open_array
from keras_pix2pixhd.data.files.image_file import open_lazily, orientation_of


class FileHeader(typing.NamedTuple):
    """What the first bytes of an image or array file say.

    Attributes:
        format: `"PNG"`, `"JPEG"`, `"GIF"`, `"BMP"`, `"PPM"`, `"TIFF"`,
            `"WEBP"` or `"NPY"`: by content, whatever the file is called.
        mode: Pillow's name of the pixels, such as `"RGB"`, `"L"`, `"P"` or
            `"I;16"`; but `"L;2"` and `"L;4"` for grey of 2 or 4 bits, and
            `"RGB;16B"` and the like where Pillow and TensorFlow keep the
            upper 8 of 16 bits. Of an array, its dtype, and `"boolx11"` for
            11 channels of bools.
        height: Rows after the EXIF rotation.
        width: Columns after the EXIF rotation.
        orientation: EXIF orientation, 1 (upright) to 8.
        transparent: Whether there is an alpha channel, a transparent colour
            or a transparent entry of the palette. Defaults to `False`.
    """

    format: str
    mode: str
    height: int
    width: int
    orientation: int
    transparent: bool = False


def read_header(path):
    """Reads the header of an image or `.npy` file; decodes nothing.

    Args:
        path: The file, as a string, `pathlib.Path` or `RemotePath`.

    Returns:
        `FileHeader`.

    Raises:
        ValueError: If the file cannot be read, is none of the formats, or
            has more than `LARGEST_PIXELS` pixels.
    """
    if str(path).lower().endswith(".npy"):
        with open_array(path) as (_, dtype, shape, _):
            height, width, *channels = shape
            mode = "x".join([dtype.name, *map(str, channels)])
            return FileHeader("NPY", mode, height, width, 1)
    with open_lazily(path) as lazy:
        orientation, swapped = orientation_of(lazy.image)
        height, width = lazy.image.height, lazy.image.width
        if swapped:
            height, width = width, height
        return FileHeader(
            lazy.image.format,
            lazy.mode,
            height,
            width,
            orientation,
            lazy.image.has_transparency_data,
        )
