import numpy as np

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.file_datastore import EXTENSIONS, FileDatastore
from keras_pix2pixhd.data.files.label_file import (
    read_grey,
    read_ids_or_colors,
    read_one_hot_or_ids,
)


def read_label(path, class_table, threshold=None):
    """Reads one label map.

    Files of one channel hold ids, of 1 (black 0, white 1), 2, 4, 8, 16 or 32
    bits. Palette files (PNG, GIF) hold ids as well: their palette is only for
    show. RGB files hold the colours of the table, or else ids as grey levels
    (red = green = blue everywhere). An alpha channel is dropped.

    `.npy` files hold integer ids of shape `(H, W)`, or one-hot vectors of
    shape `(H, W, classes)`: zeros and ones of any dtype, in the order of the
    table; all zeros are void.

    With `threshold` the file is a mask: a picture whose grey levels below the
    threshold are the table's first class, the others its second.

    Args:
        path: The file.
        class_table: The `ClassTable` of its ids and colours.
        threshold: Int in [1, 255], or `None` (default) for ids and colours.

    Returns:
        NumPy array of shape `(H, W)`, uint8 (int32 beyond 255 classes): class
        indices, `class_table.void_index` where void.

    Raises:
        ValueError: If the file is not an image or array, or an id or a colour
            in it is not in the table.
    """
    if threshold is not None:
        checked_threshold(threshold, class_table)
        return (read_grey(path) >= threshold).astype(class_table.dtype)
    if str(path).lower().endswith(".npy"):
        return read_one_hot_or_ids(path, class_table)
    return read_ids_or_colors(path, class_table)


class PixelLabelDatastore(FileDatastore):
    """The label maps of a folder, in the order of their names.

    `len()` is their number, `files` their paths, `size(index)` the
    `(height, width)` of one, `read(index)` its array; see `read_label`.

    Args:
        folder: The folder; see `FileDatastore`.
        class_table: The `ClassTable` that maps the ids or colours in the
            files to class indices.
        recursive: Whether to list subfolders too. Defaults to `False`.
        threshold: Int in [1, 255] for masks: from this grey level on, a pixel
            is of the second of two classes. Defaults to `None`: ids, colours
            or one-hot vectors.

    Raises:
        ValueError: If the folder does not exist or holds no label map,
            `class_table` is not a `ClassTable`, or `threshold` is out of
            range or the table has not two classes.

    Example:

    >>> import tempfile
    >>> from PIL import Image
    >>> from keras_pix2pixhd.data import CARVANA
    >>> folder = tempfile.mkdtemp()
    >>> Image.new("L", (3, 2), color=255).save(f"{folder}/one.png")
    >>> PixelLabelDatastore(folder, CARVANA).read(0)
    array([[1, 1, 1],
           [1, 1, 1]], dtype=uint8)
    """

    extensions = (*EXTENSIONS, ".npy")

    def __init__(self, folder, class_table, recursive=False, threshold=None):
        if not isinstance(class_table, ClassTable):
            raise ValueError(
                "`class_table` must be a `ClassTable`. "
                f"Received: class_table={class_table!r}"
            )
        if threshold is not None:
            checked_threshold(threshold, class_table)
        super().__init__(folder, recursive)
        self.class_table = class_table
        self.threshold = threshold

    def read_file(self, path):
        """Reads one file; see `read_label`."""
        return read_label(path, self.class_table, self.threshold)


def checked_threshold(threshold, class_table):
    """Returns the threshold, or raises ValueError."""
    is_integer = isinstance(threshold, (int, np.integer))
    if not is_integer or threshold is True or not 1 <= threshold <= 255:
        raise ValueError(
            "`threshold` must be an integer in [1, 255]. "
            f"Received: threshold={threshold!r}"
        )
    if len(class_table) != 2:
        raise ValueError(
            "A threshold tells two classes apart, so the class table must "
            f"have 2. Received: {len(class_table)} classes and "
            f"threshold={threshold}"
        )
    return threshold
