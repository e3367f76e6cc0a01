"""Label maps, generated and real images side by side."""

import colorsys

import numpy as np
from keras import ops
from PIL import Image, ImageDraw, ImageFont

from keras_pix2pixhd.models import to_uint8

TITLES = ("label", "generated", "real")
_GAP = 6
_HEADER = 24
_PAPER = (250, 250, 250)
_INK = (40, 40, 40)
# Images are enlarged as often as fits into this.
_ENLARGED = 300


def sample_grid(labels, generated, real, class_table):
    """Composes a picture: a row for each sample, titles on top.

    The columns are the label map in the colours of its classes, or, without
    classes, the condition itself; the generated and the real image. Small
    images are enlarged by a whole number, without blending; large ones keep
    their size.

    Args:
        labels: `(count, height, width)` integer class indices; without
            classes `(count, height, width, channels)` images, uint8 in
            [0, 255] or floats in [-1, 1], of which the first three channels
            are shown, or the first.
        generated: `(count, height, width, 3)` uint8 in [0, 255].
        real: the same.
        class_table: `ClassTable`, or the number of classes, which then get
            colours of all hues. Void is black. `None`: no classes.

    Returns:
        NumPy array `(grid height, grid width, 3)`, uint8 in [0, 255].

    Raises:
        ValueError: if the shapes do not fit, or there is no sample.

    Example:

    >>> images = np.zeros((2, 64, 96, 3), "uint8")
    >>> sample_grid(images[..., 0], images, images, class_table=2).shape
    (420, 888, 3)
    """
    labels, generated, real = map(np.asarray, (labels, generated, real))
    pictured = class_table is None
    _check(labels, generated, real, pictured)
    shown = _shown(labels) if pictured else _colored(labels, class_table)
    columns = (shown, generated, real)
    titles = ("condition" if pictured else TITLES[0], *TITLES[1:])
    height, width = labels.shape[1:3]
    scale = max(1, _ENLARGED // max(height, width))
    font = ImageFont.load_default(size=15)
    cell = max(width * scale, *(int(font.getlength(t)) + 2 for t in titles))
    size = (
        _GAP + len(TITLES) * (cell + _GAP),
        _HEADER + len(labels) * (height * scale + _GAP),
    )
    sheet = Image.new("RGB", size, _PAPER)
    draw = ImageDraw.Draw(sheet)
    for column, (title, images) in enumerate(zip(titles, columns, strict=True)):
        middle = _GAP + column * (cell + _GAP) + cell // 2
        draw.text((middle, _HEADER // 2), title, _INK, font, anchor="mm")
        for row, image in enumerate(images):
            top = _HEADER + row * (height * scale + _GAP)
            image = image.repeat(scale, axis=0).repeat(scale, axis=1)
            left = middle - image.shape[1] // 2
            sheet.paste(Image.fromarray(image), (left, top))
    return np.asarray(sheet)


def _colored(labels, class_table):
    if not isinstance(class_table, int):
        return class_table.to_colors(labels)
    # steps of the golden ratio keep neighbouring classes apart
    colors = [
        [round(255 * c) for c in colorsys.hsv_to_rgb(i * 0.618 % 1, 0.6, 0.9)]
        for i in range(class_table)
    ]
    colors = np.array([*colors, (0, 0, 0)], "uint8")
    return colors[np.minimum(labels.astype("int64"), class_table)]


def _shown(conditions):
    """Three channels of images that need not be RGB."""
    pixels = ops.convert_to_numpy(to_uint8(conditions))
    if pixels.shape[-1] < 3:
        return pixels[..., :1].repeat(3, axis=-1)
    return np.ascontiguousarray(pixels[..., :3])


def _check(labels, generated, real, pictured):
    wanted = (*labels.shape[:3], 3)
    shapes = (generated.shape, real.shape)
    fits = labels.ndim == 3 + pictured and shapes == (wanted, wanted)
    if not fits or labels.size == 0:
        channels = ", channels" if pictured else ""
        raise ValueError(
            f"labels must be (count, height, width{channels}), generated and "
            "real (count, height, width, 3) of the same sizes, with at least "
            f"one sample. Received: labels.shape={labels.shape}, "
            f"generated.shape={shapes[0]}, real.shape={shapes[1]}"
        )
    if not generated.dtype == real.dtype == np.uint8:
        raise ValueError(
            "generated and real must be uint8 in [0, 255]. Received: "
            f"generated.dtype={generated.dtype}, real.dtype={real.dtype}. "
            "Convert images in [-1, 1] with models.to_uint8."
        )
