"""Writing PNG files."""

import uuid

from PIL import Image


def write_png(image, path):
    """Writes an image as a PNG file, whole or not at all.

    Args:
        image: NumPy array: `(height, width, 3)` uint8 in [0, 255], or
            `(height, width)` uint8 or uint16 for one channel.
        path: `pathlib.Path`; its folder is made if need be.

    Raises:
        ValueError: if it cannot be written.
    """
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            Image.fromarray(image).save(part, format="PNG")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ValueError(
            f'"{path}" must be a file that can be written. Received: {error}'
        ) from error
