"""The numbers of a run as one flat dict, a number for each metric."""

import math

from keras_pix2pixhd.charts.number_text import is_finite, number
from keras_pix2pixhd.evaluation.report.segmenter_name import SEGMENTATION
from keras_pix2pixhd.metrics.metric_name import MetricName


def summary_values(run):
    """Returns key -> number, or `{"mean", "spread"}`, of all that one value
    tells: metrics, segmentation of the generated images, diversity.

    Args:
        run: `RunEvaluation`.
    """
    values = {}
    for key, value in run.metrics.items():
        if key == "images":
            continue
        if key == "segmentation":
            values |= _segmentation(value, "generated")
        elif key == "class_color_error":
            values[key] = mean(value)
        else:
            values[key] = value
    return values | (run.diversity or {})


def real_values(runs):
    """Returns the segmentation of the real images, that of the first run
    that has it."""
    for run in runs:
        if segmentation := run.metrics.get("segmentation"):
            return _segmentation(segmentation, "real")
    return {}


def training_values(protocol):
    """Returns the numbers of the training photographs, by `family`."""
    training = protocol.get("training") or {}
    return {
        MetricName.of(key).family: (key, value)
        for key, value in training.items()
        if MetricName.of(key).family != key
    }


def middle(value):
    """Returns the number of a value, the mean where it has a spread."""
    return value.get("mean") if isinstance(value, dict) else value


def value_text(value):
    """Returns a value for people, a spread with two digits.

    >>> value_text({"mean": 0.0123, "spread": 0.00456})
    '0.0123 ±\\xa00.0046'
    """
    if not isinstance(value, dict):
        return number(value)
    middle, spread = value.get("mean"), value.get("spread")
    if not is_finite(middle) or not is_finite(spread) or spread <= 0:
        return number(middle)
    decimals = max(0, 1 - math.floor(math.log10(spread)))
    if decimals > 8 or abs(middle) >= 1e6:
        texts = [number(middle), number(spread, 2)]
    else:
        texts = [f"{part:,.{decimals}f}" for part in (middle, spread)]
    return " ±\N{NO-BREAK SPACE}".join(texts).replace("-", "−")


def mean(values):
    """Returns the mean of the finite values of a dict, or `None`.

    >>> mean({"sky": 2.0, "car": 4.0, "van": None})
    3.0
    """
    finite = [value for value in (values or {}).values() if is_finite(value)]
    return math.fsum(finite) / len(finite) if finite else None


def _segmentation(segmentation, kind):
    scores = segmentation.get(kind) or {}
    return {key: scores[key] for key in SEGMENTATION if key in scores}
