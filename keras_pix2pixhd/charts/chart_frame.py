"""What the charts share: axes, grid, names and a legend."""

from keras_pix2pixhd.charts.axis import Axis, linear_ticks
from keras_pix2pixhd.charts.log_ticks import log_ticks
from keras_pix2pixhd.charts.markup import element

SIZE = 12  # of the letters, in pixels
LETTER = 7  # the width of a wide one
BOTTOM = 42  # room for tick texts and the name of the level axis
INK = "#5f5c57"
GRID = "#e4e1db"


def upright_axis(low, high, height, top, whole=False, log=False):
    """Returns the `Axis` from the bottom of a chart to `top`.

    It begins and ends at a tick; if it is logarithmic, beyond the values.
    """
    place = {"start": height - BOTTOM, "end": top}
    room = place["start"] - place["end"]
    if log:
        ticks = log_ticks(low, high, max(2, room // 22))
    else:
        most = max(2, room // 40)
        ticks = linear_ticks(low, high, most, whole, outward=True)
    return Axis(ticks[0], ticks[-1], ticks=ticks, log=log, **place)


def level_axis(low, high, left, width, whole=False):
    """Returns the `Axis` from left to right, as many ticks as have room."""
    for most in range(max(2, (width - left) // 40), 0, -1):
        ticks = linear_ticks(low, high, most, whole) or [low, high]
        axis = Axis(low, high, left, width, ticks)
        wide = max(map(len, axis.labels())) * LETTER
        axis.start, axis.end = max(left, wide / 2), width - max(8, wide / 2)
        places = [axis.place(tick) for tick in ticks]
        gaps = [b - a for a, b in zip(places, places[1:], strict=False)]
        if not gaps or min(gaps) >= wide + 12:
            break
    return axis


def head_room(y_label):
    """Returns the height above the plot: the name of the upright axis."""
    return 26 if y_label else 10


def left_margin(axis):
    """Returns how far from the left the plot begins beside tick texts."""
    return 14 + LETTER * max(map(len, axis.labels()))


def frame(across, up, x_label, y_label):
    """Returns the elements of grid, tick texts and names of both axes."""
    parts = []
    for tick, text in zip(up.ticks, up.labels(), strict=True):
        y = up.place(tick)
        line = {"x1": across.start, "x2": across.end, "y1": y, "y2": y}
        parts.append(_line(GRID, "grid", **line))
        parts.append(label(text, across.start - 6, y + 4, "end"))
    parts += level_ticks(across, up, x_label)
    parts.append(label(y_label, 2, up.end - 12, "start"))
    return parts


def level_ticks(across, up, x_label):
    """Returns base line, ticks and name of the level axis."""
    ends = {"x1": across.start, "x2": across.end}
    parts = [_line(INK, "axis", y1=up.start, y2=up.start, **ends)]
    for tick, text in zip(across.ticks, across.labels(), strict=True):
        x = across.place(tick)
        line = {"x1": x, "x2": x, "y1": up.start, "y2": up.start + 4}
        parts.append(_line(INK, "axis", **line))
        parts.append(label(text, x, up.start + 17, "middle"))
    parts.append(label(x_label, across.end, up.start + 35, "end"))
    return parts


def drawing(parts, width, height, title):
    """Returns the `<svg>` element, which is also a file of its own."""
    return element(
        "svg",
        element("title", title),
        parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        class_="chart",
        role="img",
        aria_label=title,
        font_family="system-ui, sans-serif",
        font_size=SIZE,
    )


def label(text, x, y, anchor):
    """Returns a text that begins, ends or has its middle at x."""
    place = {"x": rounded(x), "y": rounded(y), "text_anchor": anchor}
    return element("text", text, fill=INK, class_="ink", **place)


def rounded(value):
    """Returns a coordinate with one decimal, or none.

    >>> rounded(3.04), rounded(2.25)
    ('3', '2.2')
    """
    return f"{value:.1f}".removesuffix(".0")


def _line(color, class_, **places):
    places = {name: rounded(value) for name, value in places.items()}
    return element("line", stroke=color, class_=class_, **places)
