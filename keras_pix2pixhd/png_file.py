"""Writing PNG files."""

from PIL import Image

from keras_pix2pixhd.whole_file import whole_file


def write_png(image, path):
    """Writes an image as a PNG file, whole or not at all.

    Args:
        image: NumPy array: `(height, width, 3)` uint8 in [0, 255], or
            `(height, width)` uint8 or uint16 for one channel.
        path: `pathlib.Path`; its folder is made if need be.

    Raises:
        ValueError: if it cannot be written.
    """
    with whole_file(path) as part:
        Image.fromarray(image).save(part, format="PNG")
