import numpy as np

from keras_pix2pixhd.data.class_table import ClassTable
from keras_pix2pixhd.data.file_datastore import FileDatastore, open_image

ID_MODES = ("1", "L", "P", "I", "I;16", "I;16L", "I;16B", "I;16N")


def read_label(path, class_table):
    """Reads one label map.

    Files of one channel (8, 16 or 32 bits; black and white as 0 and 1) hold
    ids. Palette files (PNG, GIF) hold ids as well: their palette is only for
    show. RGB files hold the colours of the table, or else ids as grey levels
    (red = green = blue everywhere). An alpha channel is dropped.

    Args:
        path: The file.
        class_table: The `ClassTable` of its ids and colours.

    Returns:
        NumPy array of shape `(H, W)`, uint8 (int32 beyond 255 classes): class
        indices, `class_table.void_index` where void.

    Raises:
        ValueError: If the file is not an image, or an id or a colour in it is
            not in the table.
    """
    image = open_image(path)
    if image.mode == "F":
        raise ValueError(
            f'"{path}" must hold integer ids or RGB colours. Received: '
            "floating-point values. Save it as PNG."
        )
    source = f'"{path}"'
    if image.mode in ID_MODES:
        ids = np.asarray(image)
        ids = ids.astype("uint8") if ids.dtype == bool else ids
        return class_table.ids_to_indices(ids, source)
    rgb = np.asarray(image.convert("RGB"))
    try:
        return class_table.colors_to_indices(rgb, source)
    except ValueError:
        if (rgb == rgb[..., :1]).all():
            return class_table.ids_to_indices(rgb[..., 0], source)
        raise


class PixelLabelDatastore(FileDatastore):
    """The label maps of one flat folder, in the order of their names.

    `len()` is their number, `files` their paths, `size(index)` the
    `(height, width)` of one.

    Args:
        folder: The folder.
        class_table: The `ClassTable` that maps the ids or colours in the
            files to class indices.

    Raises:
        ValueError: If the folder does not exist or holds no image, or
            `class_table` is not a `ClassTable`.

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

    def __init__(self, folder, class_table):
        if not isinstance(class_table, ClassTable):
            raise ValueError(
                "`class_table` must be a `ClassTable`. "
                f"Received: class_table={class_table!r}"
            )
        super().__init__(folder)
        self.class_table = class_table

    def read_file(self, path):
        """Reads one file; see `read_label`."""
        return read_label(path, self.class_table)
