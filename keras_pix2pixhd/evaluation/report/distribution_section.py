"""How the numbers of the images are distributed."""

import math

from keras_pix2pixhd.charts.histogram import histogram
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite, number
from keras_pix2pixhd.charts.page_parts import (
    run_label,
    run_legend,
    section,
)
from keras_pix2pixhd.charts.ridges import ridges
from keras_pix2pixhd.metrics.metric_name import MetricName

_REAL = "real images"
_OVERLAID = 3  # more series stand below each other


def distribution_section(evaluation):
    """Returns a histogram for each number of the images, or `None`."""
    runs = evaluation.runs
    keys = dict.fromkeys(key for run in runs for r in run.rows for key in r)
    keys = [key for key in keys if key not in ("name", "mean_iou_real")]
    if not keys:
        return None
    charts = {key: _values(key, runs) for key in keys}
    if max(len(v) for values in charts.values() for v in values.values()) < 2:
        words = "There is one image, and so no distribution."
        return section("distributions", "Distributions", element("p", words))
    names = list(dict.fromkeys(name for v in charts.values() for name in v))
    overlaid = any(1 < len(v) <= _OVERLAID for v in charts.values())
    return section(
        "distributions",
        "Distributions",
        element(
            "p",
            "How many images have which value. Upright lines are means over "
            "images.",
            class_="note",
        ),
        run_legend(names) if overlaid else None,
        element(
            "div",
            [_chart(key, values) for key, values in charts.items()],
            class_="charts",
        ),
    )


def _values(key, runs):
    """Returns name of a series -> its values."""
    values = {run.name: [row.get(key) for row in run.rows] for run in runs}
    if key == "mean_iou":
        for run in runs:
            real = [row.get("mean_iou_real") for row in run.rows]
            if any(is_finite(value) for value in real):
                name = f"{_REAL} of the pairs" if _REAL in values else _REAL
                return values | {name: real}
    return values


def _chart(key, values):
    metric = MetricName.of(key)
    better = f", {metric.better} is better" if metric.better else ""
    if key == "mean_iou":
        better = f", of each image apart{better}"
    texts = {name: spread_text(numbers) for name, numbers in values.items()}
    title = f"Histogram of {metric.name.lower()}: "
    title += "; ".join(f"{name}: {text}" for name, text in texts.items())
    x_label = metric.unit or metric.short
    heading = element("h3", metric.name, element("small", better))
    if len(values) > _OVERLAID:
        return element("figure", heading, ridges(values, title, x_label))
    lines = [
        element("li", [run_label(name), ": "] if len(texts) > 1 else None, text)
        for name, text in texts.items()
    ]
    return element(
        "figure",
        heading,
        histogram(values, title, x_label, with_legend=False),
        element("figcaption", element("ul", lines)),
    )


def spread_text(values):
    """Returns mean, lowest and highest of the finite values in words.

    >>> spread_text([1.0, 2.0, 6.0, None])
    'mean over images 3.00, from 1.00 to 6.00; 1 of 4 without a value'
    """
    finite = [value for value in values if is_finite(value)]
    if not finite:
        return "no values"
    mean = number(math.fsum(finite) / len(finite), 3)
    low, high = number(min(finite), 3), number(max(finite), 3)
    text = f"mean over images {mean}, from {low} to {high}"
    missing = len(values) - len(finite)
    if missing:
        text += f"; {missing} of {len(values)} without a value"
    return text
