"""The legend of a chart."""

from keras_pix2pixhd.charts.chart_frame import LETTER, label
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.series_style import line_style

ROW = 20
_SAMPLE = 28  # a piece of the line, before the name


def legend(names, width):
    """Returns the elements of a legend and the height that they take.

    Names stand in as few rows as there is room for; one that is wider than
    the chart is shortened, and whole as its title.

    Args:
        names: list of str, in the order of the series.
        width: int, that of the chart.
    """
    parts, x, row = [], 2, 0
    for index, name in enumerate(names):
        text = shortened(name, (width - 2 - _SAMPLE) // LETTER)
        wide = _SAMPLE + LETTER * len(text)
        if x > 2 and x + wide > width:
            x, row = 2, row + 1
        parts.append(_entry(name, text, x, 12 + row * ROW, index))
        x += wide + 14
    return parts, (row + 1) * ROW if names else 0


def shortened(text, most):
    """Returns `text` with an ellipsis in its middle where it is too long.

    >>> shortened("0001-carvana-small", 9)
    '0001…mall'
    """
    if len(text) <= most:
        return text
    ahead = most // 2
    return text[:ahead] + "…" + text[len(text) - (most - 1 - ahead) :]


def _entry(name, text, x, y, index):
    sample = {"x1": x, "x2": x + 22, "y1": y - 4, "y2": y - 4}
    return element(
        "g",
        element("title", name),
        element("line", **sample, **line_style(index)),
        label(text, x + _SAMPLE, y, "start"),
    )
