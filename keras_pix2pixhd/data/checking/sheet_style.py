"""What a contact sheet is drawn with."""

import functools

from PIL import ImageFont

MARGIN = 8
PAPER = (255, 255, 255)
INK = (20, 20, 20)
GREY = (110, 110, 110)


@functools.cache
def font():
    """Returns Pillow's own font: smooth where Pillow has FreeType."""
    return ImageFont.load_default(13)
