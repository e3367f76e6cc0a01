import numpy as np

from keras_pix2pixhd.data.file_datastore import EXTENSIONS, FileDatastore
from keras_pix2pixhd.data.files.array_file import read_array
from keras_pix2pixhd.data.files.file_system import shown
from keras_pix2pixhd.data.files.image_file import open_image
from keras_pix2pixhd.data.files.label_file import ID_MODES, ids_of, integers

_LIMITS = np.iinfo("int32")


def read_instance(path):
    """Reads one instance map: a number per object.

    Args:
        path: A file of one channel of 1, 2, 4, 8, 16 or 32 bits, a palette
            file, whose indices are taken, or a `.npy` file of integers of
            shape `(H, W)`.

    Returns:
        NumPy array of shape `(H, W)`, int32.

    Raises:
        ValueError: If the file is not an image of one integer channel, or a
            number is beyond int32.
    """
    if str(path).lower().endswith(".npy"):
        numbers = integers(path, read_array(path))
    else:
        image = open_image(path, as_stored=True)
        if image.mode not in ID_MODES:
            raise ValueError(
                f"{shown(path)} must be an image of one integer channel. "
                f"Received: mode {image.mode!r}. Save instance numbers as a "
                "16-bit greyscale PNG."
            )
        numbers = ids_of(image)
    low, high = int(numbers.min()), int(numbers.max())
    if low < _LIMITS.min or high > _LIMITS.max:
        raise ValueError(
            f"Instance numbers must fit into int32, [{_LIMITS.min}, "
            f"{_LIMITS.max}]. Received: {shown(path)} with numbers in "
            f"[{low}, {high}]"
        )
    return numbers.astype("int32")


class InstanceDatastore(FileDatastore):
    """The instance maps of a folder, in the order of their names.

    `len()` is their number, `files` their paths, `size(index)` the
    `(height, width)` of one, `read(index)` its array; see `read_instance`.

    Args:
        folder: The folder; see `FileDatastore`.
        recursive: Whether to list subfolders too. Defaults to `False`.

    Raises:
        ValueError: If the folder does not exist or holds no instance map.

    Example:

    >>> import tempfile
    >>> from PIL import Image
    >>> folder = tempfile.mkdtemp()
    >>> Image.new("I;16", (2, 1), color=26001).save(f"{folder}/one.png")
    >>> InstanceDatastore(folder).read(0)
    array([[26001, 26001]], dtype=int32)
    """

    extensions = (*EXTENSIONS, ".npy")

    def read_file(self, path):
        """Reads one file; see `read_instance`."""
        return read_instance(path)
