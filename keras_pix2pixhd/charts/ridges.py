"""Histograms below each other, for many series."""

import math

from keras_pix2pixhd.charts.axis import Axis
from keras_pix2pixhd.charts.chart_frame import (
    BOTTOM,
    LETTER,
    drawing,
    label,
    level_axis,
    level_ticks,
)
from keras_pix2pixhd.charts.histogram import (
    bin_edges,
    counted,
    mean_line,
    steps,
)
from keras_pix2pixhd.charts.legend import shortened
from keras_pix2pixhd.charts.number_text import is_finite, number

ROW = 54
_NAME = 24  # of which above the histogram, for the name
_MEAN = 12  # letters that the mean takes


def ridges(values, title, x_label="", width=360):
    """Draws a small histogram for each series, one below the other.

    They share bins and both scales; each has its name and its mean above it,
    and a line at its mean.

    Args:
        values: dict from name to a list of numbers; those that are `None`,
            NaN or infinite are left out.
        title: str, what is read aloud instead of the chart.
        x_label: str, name and unit of the values.
        width: int, pixels, at least 200. The height follows.

    Returns:
        Str, an `<svg>` element.

    Example:

    >>> svg = ridges({"a": [1, 2], "b": [2, 3], "c": [None]}, "L1")
    >>> svg.count("<path"), 'viewBox="0 0 360 204"' in svg
    (2, True)
    """
    values = {
        name: [value for value in numbers if is_finite(value)]
        for name, numbers in values.items()
    }
    edges = bin_edges(values.values())
    counts = [counted(numbers, edges) for numbers in values.values()]
    most = max([1, *(max(count) for count in counts)])
    across = level_axis(edges[0], edges[-1], 8, width)
    height = ROW * len(values) + BOTTOM
    bottom = Axis(0, 1, height - BOTTOM, 0, [])
    parts = level_ticks(across, bottom, x_label)
    for index, (name, numbers) in enumerate(values.items()):
        top = index * ROW
        up = Axis(0, most, top + ROW, top + _NAME, [])
        text = shortened(name, (width - 16) // LETTER - _MEAN)
        parts.append(label(text, across.start, top + 19, "start"))
        if numbers:
            parts.append(steps(name, edges, counts[index], across, up, index))
            parts.append(mean_line(numbers, across, up, index))
            mean = number(math.fsum(numbers) / len(numbers), 3)
            parts.append(label(mean, across.end, top + 19, "end"))
    return drawing(parts, width, height, title)
