"""The table of all metrics."""

import dataclasses

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite
from keras_pix2pixhd.charts.page_parts import (
    data_table,
    run_label,
    section,
)
from keras_pix2pixhd.evaluation.report.segmenter_name import (
    SEGMENTATION,
    segmenter_name,
)
from keras_pix2pixhd.evaluation.report.summary_notes import (
    how_to_read,
    is_encoded,
    reading_id,
    summary_notes,
)
from keras_pix2pixhd.evaluation.report.summary_values import (
    middle,
    real_values,
    summary_values,
    training_values,
    value_text,
)
from keras_pix2pixhd.metrics.metric_name import MetricName

_ARROWS = {"higher": "↑", "lower": "↓"}


def summary_section(evaluation):
    """Returns the section with a row for each metric."""
    runs = evaluation.runs
    columns = [summary_values(run) for run in runs]
    keys = list(dict.fromkeys(key for column in columns for key in column))
    real = real_values(runs)
    training = training_values(evaluation.protocol)
    metrics = [_named(key, evaluation.protocol) for key in keys]
    rivals = _rivals(runs)
    scales = [_scale_cell(metric, real, training) for metric in metrics]
    used = [scale is not None for scale in scales]
    rows = [
        [_name_cell(metric)]
        + _run_cells(metric, columns, rivals)
        + ([scale or element("td", "")] if any(used) else [])
        for metric, scale in zip(metrics, scales, strict=True)
    ]
    head = ["metric", *(run_label(run.name) for run in runs)]
    return section(
        "summary",
        "Summary",
        data_table(
            "All metrics", head + ["for scale"] * any(used), rows, class_="all"
        ),
        summary_notes(evaluation, bool(real), bool(training)),
        how_to_read(metrics),
    )


def _named(key, protocol):
    """Returns the `MetricName`, which tells who segmented."""
    metric = MetricName.of(key)
    if key in SEGMENTATION and (name := segmenter_name(protocol)):
        return dataclasses.replace(metric, detail=f"read by {name}")
    return metric


def _rivals(runs):
    """Returns the places of the runs of which one can be the best.

    One that saw the styles of the real photographs is no rival of others.
    """
    apart = [place for place, run in enumerate(runs) if not is_encoded(run)]
    return apart or list(range(len(runs)))


def _name_cell(metric):
    hint = f"{metric.better} is better" if metric.better else None
    unit = f", {metric.unit}" if metric.unit else ""
    arrow = element(
        "span",
        _ARROWS.get(metric.better),
        class_="arrow",
        title=hint,
        aria_hidden="true",
    )
    aloud = element("span", f", {hint}", class_="aloud")
    return element(
        "th",
        _name(metric),
        element("span", unit, class_="unit"),
        ["\N{NO-BREAK SPACE}", arrow, aloud] if hint else None,
        element("small", metric.detail) if metric.detail else None,
        element("code", metric.key),
        scope="row",
    )


def _name(metric):
    """The name, a link to how the metric is read."""
    if not metric.reading:
        return element("span", metric.name, class_="name")
    where = f"#{reading_id(metric.name)}"
    return element(
        "a", metric.name, class_="name", href=where, title=metric.reading
    )


def _run_cells(metric, columns, rivals):
    values = [column.get(metric.key) for column in columns]
    middles = [
        middle(value) if place in rivals else None
        for place, value in enumerate(values)
    ]
    best = best_of(middles, metric.better)
    return [
        element(
            "td",
            value_text(value),
            element("span", " best", class_="mark") if place in best else None,
            class_="best" if place in best else None,
        )
        for place, value in enumerate(values)
    ]


def best_of(values, better):
    """Returns the places of the best values, where they differ.

    >>> best_of([3.0, None, 2.0, 2.0], "lower"), best_of([1.0], "higher")
    ({2, 3}, set())
    """
    finite = [value for value in values if is_finite(value)]
    if better is None or len(set(finite)) < 2:
        return set()
    best = max(finite) if better == "higher" else min(finite)
    return {place for place, value in enumerate(values) if value == best}


def _scale_cell(metric, real, training):
    """What the number of a row can be compared with, or `None`."""
    key, value, kind = metric.key, real.get(metric.key), "real images"
    if metric.family in training:
        (key, value), kind = training[metric.family], "training photographs"
    elif metric.key not in real:
        return None
    text = [value_text(value), element("small", kind)]
    return element("td", text, title=key, class_="scale")
