"""The table of all metrics."""

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite, number
from keras_pix2pixhd.evaluation.report.metric_name import MetricName
from keras_pix2pixhd.evaluation.report.parts import (
    data_table,
    run_label,
    section,
)
from keras_pix2pixhd.evaluation.report.summary_values import (
    middle,
    real_values,
    summary_values,
    training_values,
    value_text,
)

_ARROWS = {"higher": "↑", "lower": "↓"}


def summary_section(evaluation):
    """Returns the section with a row for each metric."""
    runs = evaluation.runs
    columns = [summary_values(run) for run in runs]
    keys = list(dict.fromkeys(key for column in columns for key in column))
    real = real_values(runs)
    training = training_values(evaluation.protocol)
    metrics = [MetricName.of(key) for key in keys]
    scales = [_scale_cell(metric, real, training) for metric in metrics]
    used = [scale is not None for scale in scales]
    rows = [
        [_name_cell(metric)]
        + _run_cells(metric, columns)
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
        _notes(bool(real), training, evaluation),
        _how_to_read(metrics),
    )


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
        element("span", metric.name, class_="name"),
        element("span", unit, class_="unit"),
        ["\N{NO-BREAK SPACE}", arrow, aloud] if hint else None,
        element("small", metric.detail) if metric.detail else None,
        element("code", metric.key),
        scope="row",
    )


def _run_cells(metric, columns):
    values = [column.get(metric.key) for column in columns]
    best = best_of([middle(value) for value in values], metric.better)
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


def _notes(real, training, evaluation):
    notes = []
    if len(evaluation.runs) > 1:
        notes.append("The best value of a row is marked.")
    if training:
        count = evaluation.protocol["training"].get("images")
        some = f"the {number(count)}" if count else "the"
        notes.append(
            f"Training photographs: the same measure between {some} "
            "photographs of the training side and the evaluated real ones, "
            "biased by its own number of images."
        )
    if real:
        notes.append(
            "Real images: what the same segmentation network reads in the "
            "real photographs."
        )
    encoded = [r.name for r in evaluation.runs if _is_encoded(r)]
    if encoded:
        notes.append(
            f"{', '.join(encoded)}: painted in the style of each real "
            "photograph, which makes its colours easy to guess."
        )
    return element("p", " ".join(notes), class_="note") if notes else None


def _is_encoded(run):
    return run.model.get("features") == "encode"


def _how_to_read(metrics):
    readings = {m.name: m.reading for m in metrics if m.reading}
    if not readings:
        return None
    return element(
        "details",
        element("summary", "How to read these numbers"),
        element(
            "dl",
            [
                element("div", element("dt", name), element("dd", reading))
                for name, reading in readings.items()
            ],
            class_="readings",
        ),
    )
