"""A line chart as SVG."""

from keras_pix2pixhd.charts.axis import around
from keras_pix2pixhd.charts.chart_frame import (
    drawing,
    frame,
    head_room,
    left_margin,
    level_axis,
    rounded,
    upright_axis,
)
from keras_pix2pixhd.charts.legend import legend
from keras_pix2pixhd.charts.mark import mark
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite, number
from keras_pix2pixhd.charts.series_style import (
    fill_style,
    line_style,
)

_FEW = 10  # points, at most, that are marked


def line_chart(
    series,
    title,
    x_label="",
    y_label="",
    width=720,
    height=320,
    log=False,
    with_legend=True,
    marks=None,
    paper=False,
):
    """Draws lines, as a text that is an SVG file or a part of a page.

    A value that is `None`, NaN or infinite is a gap; a point alone between
    gaps is a dot, and so is each point of a series of few. Series differ in
    colour and in dashes. Letters are 12 pixels high, so give the width that
    the chart is shown at.

    Args:
        series: dict from name to a list of points `(x, y)`, in the order in
            which they are connected. x are finite; where all are ints, so are
            the ticks.
        title: str, what is read aloud instead of the chart.
        x_label, y_label: str, names and units of the axes.
        width, height: ints, pixels, at least 200 and 140.
        log: bool, whether y is logarithmic. Ignored where a y is not above 0.
        with_legend: bool, whether the names are shown.
        marks: dict from a name of `series` to a point `(x, y)` of it, which
            gets a ring, and where it is the only one its value; or `None`
            (default).
        paper: bool, default False. Whether the ground is white, as that of a
            file of its own should be.

    Returns:
        Str, an `<svg>` element.

    Example:

    >>> svg = line_chart({"loss": [(1, 3.5), (2, None), (3, 2.5)]}, "Losses")
    >>> svg[:4], svg.count("<circle")
    ('<svg', 2)
    """
    parts, top = legend(list(series) if with_legend else [], width)
    series = {
        name: [(x, y if is_finite(y) else None) for x, y in points]
        for name, points in series.items()
    }
    levels = [x for points in series.values() for x, _ in points]
    heights = [
        y for points in series.values() for _, y in points if y is not None
    ]
    low, high = around(heights)
    log = log and bool(heights) and low > 0
    up = upright_axis(low, high, height, top + head_room(y_label), log=log)
    whole = all(isinstance(x, int) for x in levels)
    across = level_axis(*_ends(levels), left_margin(up), width, whole)
    parts += frame(across, up, x_label, y_label)
    for index, (name, points) in enumerate(series.items()):
        parts.append(_line(name, points, across, up, index))
        if name in (marks or {}):
            text = number(marks[name][1], 3) if len(marks) == 1 else ""
            parts.append(mark(marks[name], text, across, up, index))
    ground = [element("rect", width=width, height=height, fill="#fff")]
    return drawing([ground if paper else None, parts], width, height, title)


def _ends(levels):
    low, high = around(levels)
    if len(set(levels)) == 1:  # one point stands in the middle
        return levels[0] - 1, levels[0] + 1
    return low, high


def _line(name, points, across, up, index):
    """A series: a path of its connected pieces, and dots."""
    path, dots = "", []
    few = sum(y is not None for _, y in points) <= _FEW
    for piece in _pieces(points):
        places = [
            (rounded(across.place(x)), rounded(up.place(y))) for x, y in piece
        ]
        if few or len(places) == 1:
            dots += [
                element("circle", cx=x, cy=y, r=3, **fill_style(index))
                for x, y in places
            ]
        if len(places) > 1:
            path += "M" + "L".join(f"{x} {y}" for x, y in places)
    style = {"fill": "none", "stroke_linejoin": "round"} | line_style(index)
    line = element("path", d=path, **style) if path else None
    return element("g", element("title", name), line, dots)


def _pieces(points):
    """Cuts a list of points where y is missing."""
    piece = []
    for x, y in [*points, (None, None)]:
        if y is not None:
            piece.append((x, y))
        elif piece:
            yield piece
            piece = []
