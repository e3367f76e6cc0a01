"""The classes at the bottom of a contact sheet."""

from PIL import Image, ImageDraw

from keras_pix2pixhd.data.checking.report_words import percent
from keras_pix2pixhd.data.checking.sheet_style import GREY, INK, PAPER, font
from keras_pix2pixhd.data.files.file_system import one_line

_ROW = 22
_SWATCH = 15
_CELL = 210
_SHOWN = 60
_LETTERS = 16


def draw_legend(report, width):
    """Draws the classes that were seen, the largest first.

    Args:
        report: `DataReport` with classes.
        width: Int, pixels.

    Returns:
        `PIL.Image.Image` of that width.
    """
    entries = _entries(report)
    columns = max(width // _CELL, 1)
    rows = -(-len(entries) // columns)
    legend = Image.new("RGB", (width, rows * _ROW), PAPER)
    draw = ImageDraw.Draw(legend)
    for place, (color, text) in enumerate(entries):
        left = place // rows * _CELL  # down the columns, as lists are read
        top = place % rows * _ROW
        corner = (left + _SWATCH, top + _SWATCH)
        draw.rectangle([(left, top), corner], fill=color, outline=GREY)
        if color is None:
            draw.line([(left, top), corner], GREY)
        draw.text((left + _SWATCH + 7, top), text, INK, font())
    return legend


def _entries(report):
    """Returns (colour, text) of each class; void has no colour."""
    table = report.class_table
    colors = dict(zip(table.names, table.colors, strict=True))
    ranked = sorted(report.pixels.items(), key=lambda item: -item[1])
    seen = [(name, pixels) for name, pixels in ranked if pixels]
    entries = [
        (colors[name], f"{_short(name)}  {percent(report.share(pixels))}")
        for name, pixels in seen[:_SHOWN]
    ]
    if len(seen) > _SHOWN:
        entries.append((PAPER, f"and {len(seen) - _SHOWN} more"))
    if report.void_pixels:
        share = percent(report.share(report.void_pixels))
        entries.append((None, f"void, not coloured  {share}"))
    return entries


def _short(name):
    name = one_line(name)
    return name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…"
