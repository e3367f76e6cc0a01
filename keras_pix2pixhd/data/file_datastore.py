import pathlib
import struct
import zlib

from PIL import Image

EXTENSIONS = ".bmp .gif .jpeg .jpg .pgm .png .ppm .tif .tiff .webp".split()

# What Pillow raises for files that are cut off or not what they claim.
_BAD_FILE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)


def open_image(path):
    """Decodes one image file, first frame, in the mode that it is stored in.

    Args:
        path: The file.

    Returns:
        A loaded `PIL.Image.Image`.

    Raises:
        ValueError: If the file is missing, truncated or not an image.
    """
    try:
        with Image.open(path) as image:
            image.load()
            return image
    except _BAD_FILE as error:
        raise _not_readable(path, error) from error


class FileDatastore:
    """The image files of one flat folder, in the order of their names.

    Files are known by their extension, in any case. Hidden files, other files
    and subfolders are ignored. Subclasses say what a file holds by defining
    `read_file(path)`.

    Args:
        folder: The folder.

    Raises:
        ValueError: If the folder does not exist or holds no image.
    """

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        if not self.folder.is_dir():
            raise ValueError(
                f"`folder` must be an existing folder. Received: {self.folder}"
            )
        inside = sorted(self.folder.iterdir())
        self.files = [
            path
            for path in inside
            if path.suffix.lower() in EXTENSIONS
            and not path.name.startswith(".")
            and path.is_file()
        ]
        if not self.files:
            names = ", ".join(path.name for path in inside[:5])
            raise ValueError(
                f"`folder` must directly hold image files "
                f"({' '.join(EXTENSIONS)}); subfolders are not searched. "
                f"Received: {self.folder}, which holds "
                f"{len(inside)} other entries ({names or 'it is empty'})"
            )

    def __len__(self):
        return len(self.files)

    def __repr__(self):
        return f"<{type(self).__name__} {self.folder}, {len(self)} files>"

    def read(self, index):
        """Returns the array that file number `index` holds."""
        return self.read_file(self.files[index])

    def size(self, index):
        """Returns `(height, width)` from a file's header, in pixels.

        Raises:
            ValueError: If the file is missing or not an image.
        """
        path = self.files[index]
        try:
            with Image.open(path) as image:
                return image.height, image.width
        except _BAD_FILE as error:
            raise _not_readable(path, error) from error


def _not_readable(path, error):
    return ValueError(
        f'"{path}" must be a complete image file. Received: '
        f"{type(error).__name__}: {error}. Replace the file, or remove it "
        "together with the files paired with it."
    )
