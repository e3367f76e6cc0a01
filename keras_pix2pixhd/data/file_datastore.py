from keras_pix2pixhd.data.files.file_header import read_header
from keras_pix2pixhd.data.files.file_system import as_path, one_line
from keras_pix2pixhd.data.files.folder_listing import list_folder

EXTENSIONS = ".bmp .gif .jpeg .jpg .pgm .png .ppm .tif .tiff .webp".split()


class FileDatastore:
    """The image files of a folder, in the order of their names.

    Files are listed by their extension, in any case, and read by their
    content. Hidden files, other files and folders named like an image are
    ignored. Symbolic links are followed, also out of the folder. Subclasses
    say what a file holds by defining `read_file(path)`.

    Args:
        folder: The folder: a string or path, or `"gs://..."` or another
            scheme that `tf.io.gfile` knows.
        recursive: Whether to list subfolders too. Defaults to `False`.

    Attributes:
        folder: `pathlib.Path`, or `RemotePath` behind a scheme.
        names: List of strings, the files relative to `folder`, with "/"
            between folders.
        files: List of their paths, in the same order.

    Raises:
        ValueError: If the folder does not exist, cannot be read or holds no
            image, or a symbolic link named like an image leads nowhere.
    """

    extensions = tuple(EXTENSIONS)

    def __init__(self, folder, recursive=False):
        self.folder = as_path(folder)
        self.recursive = bool(recursive)
        self.names, others = list_folder(
            self.folder, self.extensions, self.recursive
        )
        if not self.names:
            raise self._nothing_found(others)
        self.files = [self.folder / name for name in self.names]

    def __len__(self):
        return len(self.files)

    def __repr__(self):
        folder = one_line(self.folder)
        return f"<{type(self).__name__} {folder}, {len(self)} files>"

    def read(self, index):
        """Returns the array that file number `index` holds."""
        return self.read_file(self.files[index])

    def header(self, index):
        """Returns the `FileHeader` of a file, without decoding it.

        Raises:
            ValueError: If the file cannot be read or is not an image.
        """
        return read_header(self.files[index])

    def size(self, index):
        """Returns `(height, width)` of what `read` returns, in pixels.

        It is taken from the header, after the EXIF rotation.

        Raises:
            ValueError: If the file cannot be read or is not an image.
        """
        header = self.header(index)
        return header.height, header.width

    def _nothing_found(self, others):
        names = ", ".join(one_line(name) for name in others[:5])
        where, depth = "directly hold", "subfolders are not searched"
        if self.recursive:
            where, depth = "hold", "hidden folders are not searched"
        return ValueError(
            f"`folder` must {where} image files "
            f"({' '.join(self.extensions)}); {depth}. "
            f"Received: {one_line(self.folder)}, which holds "
            f"{len(others)} other entries ({names or 'it is empty'})"
        )
