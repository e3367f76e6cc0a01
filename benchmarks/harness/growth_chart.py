"""Time and memory over what they grow with, as a picture."""

import textwrap

from .operations import total
from .power_law import fitted
from .sweeps import AXES

_INK, _MEASURED, _COUNTED = "#222222", "#1f5fa8", "#8a8a8a"
_ROWS = (("seconds", "seconds"), ("memory", "GiB beyond the imports"))


def write_chart(path, title, subtitle, sweeps):
    """Draws a column for every sweep: time above, memory below.

    Both axes are logarithmic, so that a power law is a straight line, with
    its exponent beside it. Below the times, what the operations counted would
    take at the rate of the last point.

    Args:
        path: of the PNG.
        title, subtitle: str.
        sweeps: dict from axis to a list of points, dicts with `x`, `work`,
            `seconds` and `memory` (GiB).
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(
        2,
        len(sweeps),
        figsize=(3.3 * len(sweeps) + 0.6, 6.6),
        squeeze=False,
        sharex="col",
        sharey="row",
        layout="constrained",
    )
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.08)
    _head(figure, title, subtitle)
    for column, (axis, points) in enumerate(sweeps.items()):
        for row, (field, unit) in enumerate(_ROWS):
            panel = panels[row, column]
            _draw(panel, axis, field, points)
            if column == 0:
                panel.set_ylabel(unit, color=_INK)
        panels[1, column].set_xlabel(AXES[axis], color=_INK)
    for row in panels:
        _room_above(row[0])
    figure.savefig(path, dpi=130)
    pyplot.close(figure)


def _head(figure, title, subtitle):
    """Title and subtitle, wrapped, at the left; makes room for both."""
    width, height = figure.get_size_inches()
    titles = textwrap.wrap(title, int(11 * width))
    below = textwrap.wrap(subtitle, int(15 * width))
    room = 0.27 * len(titles) + 0.18 * len(below) + 0.1  # inches
    figure.get_layout_engine().set(rect=(0, 0, 1, 1 - room / height))
    top = 1 - 0.06 / height
    style = {"x": 0.1 / width, "ha": "left", "va": "top"}
    figure.text(y=top, s="\n".join(titles), fontsize=14, color=_INK, **style)
    figure.text(
        y=top - 0.27 * len(titles) / height,
        s="\n".join(below),
        fontsize=9.5,
        color="#555555",
        **style,
    )


def _draw(panel, axis, field, points):
    x = [point["x"] for point in points]
    y = [point[field] for point in points]
    panel.set_xscale("log", base=2)
    panel.set_yscale("log", base=2)
    if field == "seconds":
        work = [total(point["work"]) for point in points]
        counted = [y[-1] * n / work[-1] for n in work]
        panel.plot(x, counted, "--", color=_COUNTED, linewidth=1.2)
        _say(panel, 0.86, "of operations", x, work, _COUNTED)
    panel.plot(x, fitted(x, y)(x), color=_MEASURED, linewidth=1.4, alpha=0.5)
    panel.plot(x, y, "o", color=_MEASURED, markersize=5.5)
    _say(panel, 0.94, "exponent", x, y, _MEASURED)
    _ticks(panel, x)


def _say(panel, height, what, x, y, color):
    """Writes the exponent, and that of the last two points alone."""
    end = fitted(x[-2:], y[-2:]).exponent
    panel.text(
        0.04,
        height,
        f"{what} {fitted(x, y).exponent:.2f}, at the end {end:.2f}",
        transform=panel.transAxes,
        ha="left",
        va="center",
        fontsize=9.5,
        color=color,
    )


def _ticks(panel, x):
    from matplotlib import ticker

    panel.xaxis.set_major_locator(ticker.FixedLocator(x))
    panel.xaxis.set_major_formatter(ticker.FuncFormatter(_number))
    panel.xaxis.set_minor_locator(ticker.NullLocator())
    panel.yaxis.set_major_formatter(ticker.FuncFormatter(_number))
    panel.tick_params(labelsize=9, colors=_INK)
    if max(x) >= 1000:
        panel.tick_params(axis="x", labelrotation=40)
    panel.grid(True, color="#e4e4e4", linewidth=0.8)
    panel.set_axisbelow(True)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)


def _number(value, position=None):
    """A number as a reader writes it.

    Example:

    >>> _number(16384), _number(8.0), _number(0.25)
    ('16,384', '8', '0.25')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _room_above(panel):
    """Makes room for the words at the top of a row of panels."""
    low, high = panel.get_ylim()
    panel.set_ylim(low, high * (high / low) ** 0.3)
