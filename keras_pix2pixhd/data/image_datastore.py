import numpy as np

from keras_pix2pixhd.data.file_datastore import FileDatastore
from keras_pix2pixhd.data.files.file_system import shown
from keras_pix2pixhd.data.files.image_file import open_image

WHITE = (255, 255, 255)
_PARTS = (None, "left", "right")


def read_image(path, background=WHITE, part=None):
    """Reads one photograph.

    Grey, palette and CMYK files become RGB. What is transparent is laid over
    `background`: with alpha `a`, a channel becomes
    `(value * a + background * (255 - a) + 127) // 255`. 16-bit greyscale is
    scaled so that 65535 becomes 255; of 16-bit RGB the upper 8 bits are kept.
    The image is turned as its EXIF orientation says.

    Args:
        path: The file.
        background: Three ints in [0, 255], red, green and blue. Defaults to
            white.
        part: `"left"` or `"right"` for that half of the columns, or `None`
            (default) for all.

    Returns:
        NumPy array of shape `(H, W, 3)`, uint8 in [0, 255].

    Raises:
        ValueError: If the file is not an image, or one of floating-point or
            of more than 16-bit values, or cannot be halved.
    """
    background, part = checked_background(background), _checked_part(part)
    rgb = _read_rgb(path, background)
    if part is None:
        return rgb
    _check_even(path, rgb.shape[1])
    left, right = np.split(rgb, 2, axis=1)
    return np.ascontiguousarray(left if part == "left" else right)


class ImageDatastore(FileDatastore):
    """The photographs of a folder, in the order of their names.

    `len()` is their number, `files` their paths, `size(index)` the
    `(height, width)` of one, `read(index)` its array; see `read_image`.

    Args:
        folder: The folder; see `FileDatastore`.
        recursive: Whether to list subfolders too. Defaults to `False`.
        background: Three ints in [0, 255], the colour behind transparent
            pixels. Defaults to white.
        part: `"left"` or `"right"` where a file holds two pictures side by
            side, of which this store reads one. Defaults to `None`, all.

    Raises:
        ValueError: If the folder does not exist or holds no image, or
            `background` or `part` is none of these.

    Example:

    >>> import tempfile
    >>> from PIL import Image
    >>> folder = tempfile.mkdtemp()
    >>> Image.new("L", (6, 4), color=7).save(f"{folder}/one.png")
    >>> ImageDatastore(folder).read(0).shape
    (4, 6, 3)
    >>> ImageDatastore(folder, part="left").size(0)
    (4, 3)
    """

    def __init__(self, folder, recursive=False, background=WHITE, part=None):
        self.background = checked_background(background)
        self.part = _checked_part(part)
        super().__init__(folder, recursive)

    def read_file(self, path):
        """Reads one file; see `read_image`."""
        return read_image(path, self.background, self.part)

    def header(self, index):
        """Returns the `FileHeader` of a file; of its half, with `part`.

        Raises:
            ValueError: If the file cannot be read or is not an image, or its
                columns cannot be halved.
        """
        header = super().header(index)
        if self.part is None:
            return header
        _check_even(self.files[index], header.width)
        return header._replace(width=header.width // 2)


def checked_background(background):
    """Returns three ints in [0, 255] as a tuple, or raises ValueError."""
    values = np.asarray(background)
    if (
        values.shape != (3,)
        or values.dtype.kind not in "iu"
        or values.min() < 0
        or values.max() > 255
    ):
        raise ValueError(
            "`background` must be three integers (red, green, blue) in "
            f"[0, 255]. Received: background={background!r}"
        )
    return tuple(values.tolist())


def _read_rgb(path, background):
    image = open_image(path)
    if image.mode[0] in "IF":
        return _from_16_bits(path, image, background)
    if not image.has_transparency_data:
        return np.asarray(image.convert("RGB"))
    rgba = np.asarray(image.convert("RGBA"))
    rgb, seen = rgba[..., :3].copy(), rgba[..., 3] < 255
    alpha = rgba[seen, 3:].astype("uint16")
    behind = np.array(background, "uint16") * (255 - alpha)
    # At most 255 * 255 + 127, which fits.
    rgb[seen] = (rgb[seen] * alpha + behind + 127) // 255
    return rgb


def _from_16_bits(path, image, background):
    grey = np.asarray(image)
    if image.mode == "F" or grey.min() < 0 or grey.max() > 65535:
        raise ValueError(
            f"{shown(path)} must hold values of 8 or 16 bits. Received: mode "
            f"{image.mode!r} with values in [{grey.min()}, {grey.max()}]. "
            "Save it as an 8-bit PNG or JPEG."
        )
    rgb = ((grey.astype("int32") + 128) // 257).astype("uint8")
    rgb = np.repeat(rgb[..., None], 3, axis=-1)
    if "transparency" in image.info:
        rgb[grey == image.info["transparency"]] = background
    return rgb


def _checked_part(part):
    if part not in _PARTS:
        raise ValueError(
            f"`part` must be one of {_PARTS}. Received: part={part!r}"
        )
    return part


def _check_even(path, width):
    if width % 2:
        raise ValueError(
            f"{shown(path)} must have an even width, as two pictures of one "
            f"size side by side. Received: width={width}"
        )
