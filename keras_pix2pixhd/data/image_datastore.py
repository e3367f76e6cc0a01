import numpy as np

from keras_pix2pixhd.data.file_datastore import FileDatastore, open_image


def read_image(path):
    """Reads one photograph.

    Grey, palette and CMYK files become RGB; an alpha channel is dropped;
    16-bit greyscale is scaled so that 65535 becomes 255.

    Args:
        path: The file.

    Returns:
        NumPy array of shape `(H, W, 3)`, uint8 in [0, 255].

    Raises:
        ValueError: If the file is not an image, or one of floating-point or
            of more than 16-bit values.
    """
    image = open_image(path)
    if image.mode[0] not in "IF":
        return np.asarray(image.convert("RGB"))
    grey = np.asarray(image)
    if image.mode == "F" or grey.min() < 0 or grey.max() > 65535:
        raise ValueError(
            f'"{path}" must hold values of 8 or 16 bits. Received: mode '
            f"{image.mode!r} with values in [{grey.min()}, {grey.max()}]. "
            "Save it as an 8-bit PNG or JPEG."
        )
    grey = ((grey.astype("int32") + 128) // 257).astype("uint8")
    return np.repeat(grey[..., None], 3, axis=-1)


class ImageDatastore(FileDatastore):
    """The photographs of one flat folder, in the order of their names.

    `len()` is their number, `files` their paths, `size(index)` the
    `(height, width)` of one.

    Args:
        folder: The folder.

    Raises:
        ValueError: If the folder does not exist or holds no image.

    Example:

    >>> import tempfile
    >>> from PIL import Image
    >>> folder = tempfile.mkdtemp()
    >>> Image.new("L", (6, 4), color=7).save(f"{folder}/one.png")
    >>> ImageDatastore(folder).read(0).shape
    (4, 6, 3)
    """

    def read_file(self, path):
        """Reads one file; see `read_image`."""
        return read_image(path)
