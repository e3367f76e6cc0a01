"""Which charts the histories of runs make."""

import math

from keras_pix2pixhd.charts.number_text import is_finite
from keras_pix2pixhd.curves.columns import (
    COLUMNS,
    GROUPS,
    MACHINE,
    NETWORKS,
)
from keras_pix2pixhd.curves.curve_chart import CurveChart
from keras_pix2pixhd.curves.held_out_name import held_out_name
from keras_pix2pixhd.curves.level_axis import PLACES, points, shared_place
from keras_pix2pixhd.metrics.directions import VALIDATION, direction

_NETWORKS, _TERMS = "Both networks", "Terms of the losses"
HELD_OUT, _MACHINE = "Held-out images", "The machine"
_OF_HELD_OUT = ", held-out images"
_CLOSE = 10  # two networks on one scale


def charts_of(runs):
    """Returns the charts of runs, by the headings that they stand under.

    Of one run, what belongs together shares a chart: both networks, D(real)
    and D(fake), a loss of training and the same of held-out images. Of
    several runs each column is a chart, in which the runs are the lines.

    Args:
        runs: objects with a `name` and a `history`, a list of dicts from
            column to number, such as `RunCurves`. One without a history
            keeps its place among the colours.

    Returns:
        Dict from heading to a list of `CurveChart`s, none of them empty.
    """
    place = shared_place([run.history for run in runs])
    columns = _columns(runs)
    if len(runs) == 1:
        made = _of_one(runs[0].history, columns, place)
    else:
        made = _of_several(runs, columns, place)
    found = {heading: [] for heading in (_NETWORKS, _TERMS, HELD_OUT)}
    found[_MACHINE] = []
    for heading, chart in made:
        found[heading].append(chart)
    return {heading: charts for heading, charts in found.items() if charts}


def _columns(runs):
    """Names of the columns that there is something to see in, sorted."""
    rows = [row for run in runs for row in run.history]
    columns = {
        name: None
        for row in rows
        for name, value in row.items()
        if name not in PLACES and is_finite(value)
    }
    if "generator_loss" in columns:
        for name in ("loss", "val_loss"):  # Keras' names for the same
            columns.pop(name, None)
    if not any(row.get("skipped_steps") for row in rows):
        columns.pop("skipped_steps", None)
    order = {name: place for place, name in enumerate(COLUMNS)}
    return sorted(
        columns,
        key=lambda name: order.get(name.removeprefix(VALIDATION), len(order)),
    )


def _of_one(history, columns, place):
    left = dict.fromkeys(columns)
    for key, (title, lines, reading) in GROUPS.items():
        lines = {k: column for k, column in lines.items() if column in left}
        for column in lines.values():
            if VALIDATION + column not in left:  # else drawn beside that too
                del left[column]
        if lines:
            series = {k: points(history, c, place) for k, c in lines.items()}
            chart = CurveChart(key, title, place, series, reading=reading)
            chart.ratio = math.inf if key == "scores" else _CLOSE
            yield _heading(key), chart
    for column in list(left):
        if column in left:
            yield _alone_or_with_held_out(history, column, left, place)


def _alone_or_with_held_out(history, column, left, place):
    twin = VALIDATION + column
    lines = {"training": column}
    if twin in left:
        lines["held out"] = twin
        del left[twin]
    elif column.startswith(VALIDATION):
        lines = {"held out": column}
    series = {k: points(history, c, place) for k, c in lines.items()}
    return _heading(column), _chart(column, place, series, best_of="held out")


def _of_several(runs, columns, place):
    for column in columns:
        series = {run.name: points(run.history, column, place) for run in runs}
        yield _heading(column), _chart(column, place, series)


def _chart(column, place, series, best_of=None):
    name = column.removeprefix(VALIDATION)
    held_out = name != column
    if name in COLUMNS:
        title, unit, reading = COLUMNS[name]
        title += _OF_HELD_OUT if held_out else ""
    else:
        title, unit, reading = held_out_name(name)
    chart = CurveChart(column, title, place, series, {}, unit, reading)
    if name.endswith("_score"):  # near 0 is a place like any other
        chart.ratio = math.inf
    if held_out or best_of in series:
        lines = series if best_of is None else {best_of: series[best_of]}
        chart.best = _best(lines, direction(VALIDATION + name))
    return chart


def _best(series, way):
    if way is None:
        return {}
    pick = {"min": min, "max": max}[way]
    return {
        name: pick((p for p in points if is_finite(p[1])), key=lambda p: p[1])
        for name, points in series.items()
        if any(is_finite(y) for _, y in points)
    }


def _heading(column):
    name = column.removeprefix(VALIDATION)
    if name in MACHINE:
        return _MACHINE
    if name in GROUPS or name in NETWORKS:
        return _NETWORKS
    if name in COLUMNS or name == column or name.endswith("_loss"):
        return _TERMS
    return HELD_OUT
