"""A picture of some pairs, to see with one look whether they are right."""

import numpy as np
from PIL import Image, ImageDraw

from keras_pix2pixhd.data.checking.sheet_legend import draw_legend
from keras_pix2pixhd.data.checking.sheet_style import GREY, MARGIN, PAPER, font
from keras_pix2pixhd.data.files.file_system import one_line
from keras_pix2pixhd.data.partition import evenly

_COLUMNS = 2
_BOX = (240, 320)  # height and width of a photograph, at most
_CAPTION = 18
_FEW = 4  # classes: below that they are often but black and white
_LINES = (0, 220, 255), (255, 0, 0), (255, 230, 0)  # seldom in photographs


def draw_contact_sheet(pairs, report, count=12):
    """Draws pairs with their label colours blended over the photograph.

    Each pair is its photograph, and beside it the same in the colours of its
    classes, with white borders between instances if there are any; void keeps
    the photograph's colours. Fewer than four classes, which may be black and
    white, have a coloured line between them if there are no instances. At the
    bottom are the classes and their shares.
    Without classes, the two photographs of a pair are side by side.

    Args:
        pairs: `Pairs`.
        report: The `DataReport` of these pairs; those with a problem are left
            out.
        count: Int, how many pairs to show, spread evenly over the names.
            Defaults to `12`.

    Returns:
        NumPy array `(H, W, 3)`, uint8 in [0, 255]; `None` if there is nothing
        to show.
    """
    bad = {problem.pair for problem in report.problems}
    good = [i for i, name in enumerate(pairs.names) if name not in bad]
    if not good or count < 1:
        return None
    tiles = [_tile(pairs, index) for index in evenly(good, count)]
    rows = [
        _side_by_side(tiles[start : start + _COLUMNS])
        for start in range(0, len(tiles), _COLUMNS)
    ]
    width = max(row.width for row in rows)
    if report.class_table is not None:
        rows.append(draw_legend(report, width))
    height = sum(row.height + MARGIN for row in rows) + MARGIN
    sheet = Image.new("RGB", (width + 2 * MARGIN, height), PAPER)
    top = MARGIN
    for row in rows:
        sheet.paste(row, (MARGIN, top))
        top += row.height + MARGIN
    return np.asarray(sheet)


def _side_by_side(images):
    width = sum(image.width for image in images)
    width += 2 * MARGIN * (len(images) - 1)
    row = Image.new("RGB", (width, max(i.height for i in images)), PAPER)
    left = 0
    for image in images:
        row.paste(image, (left, 0))
        left += image.width + 2 * MARGIN
    return row


def _tile(pairs, index):
    """Returns a pair, its two pictures of one size and its name below."""
    height, width = pairs.size(index)
    scale = min(_BOX[0] / height, _BOX[1] / width)
    size = max(round(height * scale), 1), max(round(width * scale), 1)
    pair = pairs.read(index, image_size=size)
    photo, label, table = pair["image"], pair["label"], pairs.class_table
    other = label if table is None else _overlay(photo, pair, table)
    picture = Image.fromarray(np.concatenate([photo, other], axis=1))
    tile = Image.new("RGB", (2 * _BOX[1], size[0] + _CAPTION), PAPER)
    tile.paste(picture, (0, 0))
    ImageDraw.Draw(tile).text(
        (0, size[0] + 2), one_line(pairs.names[index]), GREY, font()
    )
    return tile


def _overlay(photo, pair, table):
    label = pair["label"]
    blend = (photo.astype("uint16") + table.to_colors(label)) // 2
    drawn = np.where((label < len(table))[..., None], blend, photo)
    if "instance" in pair:
        drawn[_borders(pair["instance"])] = 255
    elif len(table) < _FEW:
        drawn[_borders(label)] = _line_color(table)
    return drawn.astype("uint8")


def _borders(numbers):
    """Returns where the pixel below or to the right is another number."""
    border = np.zeros(numbers.shape, bool)
    border[:-1] |= numbers[:-1] != numbers[1:]
    border[:, :-1] |= numbers[:, :-1] != numbers[:, 1:]
    return border


def _line_color(table):
    """Returns the colour of `_LINES` that is farthest from the classes'."""
    colors = np.array(table.colors)
    return max(_LINES, key=lambda line: np.abs(colors - line).sum(-1).min())
