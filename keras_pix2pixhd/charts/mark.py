"""A point of a line that is pointed out."""

from keras_pix2pixhd.charts.chart_frame import LETTER, SIZE, label, rounded
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.series_style import line_style

_RADIUS = 5


def mark(point, text, across, up, index):
    """Returns a ring around a point, and a text beside it.

    In the upper half the text stands above the ring, in the lower one below,
    where lines that are best high or low leave room for it; where it would
    leave the plot, to the side of the ring that has more room.

    Args:
        point: `(x, y)`, finite.
        text: str, such as the value; `""` for none.
        across, up: the `Axis` of x and of y.
        index: int, the series whose colour it has.
    """
    x, y = across.place(point[0]), up.place(point[1])
    style = line_style(index) | {"stroke_dasharray": None}
    place = {"cx": rounded(x), "cy": rounded(y), "r": _RADIUS}
    ring = element("circle", fill="none", **place, **style)
    half = LETTER * len(text) / 2
    middle = min(max(x, across.start + half), across.end - half)
    above, below = y - _RADIUS - 4, y + _RADIUS + SIZE
    if y < (up.start + up.end) / 2 and above - SIZE >= up.end:
        name = label(text, middle, above, "middle")
    elif y >= (up.start + up.end) / 2 and below + 4 <= up.start:
        name = label(text, middle, below, "middle")
    elif x > (across.start + across.end) / 2:
        name = label(text, x - _RADIUS - 4, y + 4, "end")
    else:
        name = label(text, x + _RADIUS + 4, y + 4, "start")
    return element("g", ring, name if text else None)
