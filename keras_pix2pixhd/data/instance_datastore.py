import numpy as np

from keras_pix2pixhd.data.file_datastore import FileDatastore, open_image
from keras_pix2pixhd.data.pixel_label_datastore import ID_MODES


def read_instance(path):
    """Reads one instance map: a number per object.

    Args:
        path: A file of one channel of 1, 8, 16 or 32 bits, or a palette file,
            whose indices are taken.

    Returns:
        NumPy array of shape `(H, W)`, int32.

    Raises:
        ValueError: If the file is not an image of one integer channel.
    """
    image = open_image(path)
    if image.mode not in ID_MODES:
        raise ValueError(
            f'"{path}" must be an image of one integer channel. Received: '
            f"mode {image.mode!r}. Save instance numbers as a 16-bit "
            "greyscale PNG."
        )
    return np.asarray(image).astype("int32")


class InstanceDatastore(FileDatastore):
    """The instance maps of one flat folder, in the order of their names.

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
    >>> Image.new("I;16", (2, 1), color=26001).save(f"{folder}/one.png")
    >>> InstanceDatastore(folder).read(0)
    array([[26001, 26001]], dtype=int32)
    """

    def read_file(self, path):
        """Reads one file; see `read_instance`."""
        return read_instance(path)
