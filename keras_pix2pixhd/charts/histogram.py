"""A histogram as SVG."""

import math

from keras_pix2pixhd.charts.axis import around, linear_ticks
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
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite
from keras_pix2pixhd.charts.series_style import (
    fill_style,
    line_style,
)


def histogram(
    values, title, x_label="", width=360, height=210, with_legend=True
):
    """Draws how often values are where, as an SVG file or a part of a page.

    All series share the bins, whose edges are round numbers. An upright line
    marks the mean of each series.

    Args:
        values: dict from name to a list of numbers; those that are `None`,
            NaN or infinite are left out.
        title: str, what is read aloud instead of the chart.
        x_label: str, name and unit of the values.
        width, height: ints, pixels, at least 200 and 140.
        with_legend: bool, whether the names are shown.

    Returns:
        Str, an `<svg>` element.

    Example:

    >>> svg = histogram({"run": [1, 1, 2, None]}, "L1", with_legend=False)
    >>> svg[:4], svg.count("<path")
    ('<svg', 1)
    """
    parts, top = legend(list(values) if with_legend else [], width)
    values = {
        name: [value for value in numbers if is_finite(value)]
        for name, numbers in values.items()
    }
    edges = bin_edges(values.values())
    counts = {name: counted(v, edges) for name, v in values.items()}
    most = max([1, *(max(count) for count in counts.values())])
    up = upright_axis(0, most, height, top + head_room("images"), whole=True)
    across = level_axis(edges[0], edges[-1], left_margin(up), width)
    parts += frame(across, up, x_label, "images")
    for index, (name, count) in enumerate(counts.items()):
        if values[name]:
            parts.append(steps(name, edges, count, across, up, index))
            parts.append(mean_line(values[name], across, up, index))
    return drawing(parts, width, height, title)


def bin_edges(series):
    """Returns round edges of bins that hold all values of all series.

    About three times the cube root of the number of values of the longest
    series, at most 30 bins.

    Args:
        series: lists of finite numbers.

    Example:

    >>> bin_edges([[0.0, 1.0, 2.5]])
    [0.0, 0.5, 1.0, 1.5, 2.0, 2.5]
    """
    series = [list(values) for values in series]
    count = max([1, *map(len, series)])
    low, high = around([value for values in series for value in values])
    most = min(30, math.ceil(3 * count ** (1 / 3)))
    return linear_ticks(low, high, most, outward=True)


def counted(values, edges):
    """Returns how many values are in each bin; the last one has both edges.

    >>> counted([0.0, 0.5, 1.0], [0.0, 0.5, 1.0])
    [1, 2]
    """
    step = edges[1] - edges[0]
    counts = [0] * (len(edges) - 1)
    for value in values:
        place = math.floor((value - edges[0]) / step + 1e-9)
        counts[min(max(place, 0), len(counts) - 1)] += 1
    return counts


def steps(name, edges, counts, across, up, index):
    """Returns the outline of the counts between the edges of bins."""
    path = f"M{rounded(across.place(edges[0]))} {rounded(up.place(0))}"
    for end, count in zip(edges[1:], counts, strict=True):
        path += f"V{rounded(up.place(count))}H{rounded(across.place(end))}"
    path += f"V{rounded(up.place(0))}"
    style = line_style(index) | {"stroke_width": 1.5}
    style["class_"] += " " + fill_style(index)["class_"]
    style["fill"] = fill_style(index)["fill"]
    shape = element("path", d=path, fill_opacity=0.2, **style)
    return element("g", element("title", name), shape)


def mean_line(values, across, up, index):
    """Returns an upright line at the mean of finite values."""
    x = rounded(across.place(math.fsum(values) / len(values)))
    y1, y2 = rounded(up.start), rounded(up.end)
    return element("line", x1=x, x2=x, y1=y1, y2=y2, **line_style(index))
