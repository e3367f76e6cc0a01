"""Images inside a page."""

import base64
import io

from PIL import Image

from keras_pix2pixhd.charts.markup import element

HEIGHT, WIDTH = 360, 720  # an image in the page is no larger
SMALL = 96  # up to this height, every pixel is kept and shown as one
_QUALITY = 90
_COLORS = 256  # an image of no more is a label map


def picture(image, caption, words):
    """Returns an image with its caption, which enlarges when it is pressed.

    Args:
        image: uint8 `(height, width, 3)` NumPy array in [0, 255].
        caption: str, or markup, what stands below.
        words: str, what is read aloud instead of the image.
    """
    shown = element(
        "img",
        src=data_uri(image),
        alt=words,
        width=image.shape[1],
        height=image.shape[0],
        class_="pixels" if image.shape[0] <= SMALL else None,
    )
    button = element("button", shown, type="button", class_="zoom")
    return element("div", button, element("span", caption, class_="caption"))


def data_uri(image):
    """Returns an image as a `data:` address, made smaller where it is large.

    Label maps, which have few colours, and small images are PNG, the same to
    the pixel; photographs are JPEG of quality 90.

    Args:
        image: uint8 `(height, width, 3)` NumPy array in [0, 255].

    Example:

    >>> import numpy as np
    >>> data_uri(np.zeros((2, 2, 3), "uint8"))[:22]
    'data:image/png;base64,'
    """
    image = Image.fromarray(image)
    flat = image.getcolors(_COLORS) is not None
    ratio = min(HEIGHT / image.height, WIDTH / image.width)
    if ratio < 1:
        size = [max(1, round(side * ratio)) for side in image.size]
        way = Image.Resampling.NEAREST if flat else Image.Resampling.LANCZOS
        image = image.resize(size, way)
    file = io.BytesIO()
    if flat or image.height <= SMALL:
        image.save(file, "PNG", optimize=True)
    else:
        image.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    kind = "png" if file.getvalue().startswith(b"\x89PNG") else "jpeg"
    text = base64.b64encode(file.getvalue()).decode("ascii")
    return f"data:image/{kind};base64,{text}"
