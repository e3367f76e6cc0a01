"""What the held-out numbers of a history are called."""

import re

from keras_pix2pixhd.metrics.metric_name import MetricName

_SEGMENTATION = re.compile("segmentation_(generated|real)_(.+)")
_CLASS = re.compile("(class_iou|class_color_error)_(.+)")
_CLASS_TITLES = {
    "class_iou": "Overlap (IoU)",
    "class_color_error": "Colour error",
}
_KID = re.compile("(kid_.+)_(mean|spread)")


def held_out_name(name):
    """Returns title, unit and reading of a number of held-out images.

    Args:
        name: str, a column of `history.csv` without its `val_`.

    Returns:
        Three str, of which the last two may be empty.

    Example:

    >>> held_out_name("segmentation_real_mean_iou")[0]
    'Overlap of the classes (mean IoU), real images'
    >>> held_out_name("class_color_error_car")[:2]
    ('Colour error: car', 'grey levels')
    """
    if match := _SEGMENTATION.fullmatch(name):
        title, unit, reading = held_out_name(match[2])
        of = ", real images" if match[1] == "real" else ""
        return title + of, unit, reading
    if match := _CLASS.fullmatch(name):
        metric = MetricName.of(match[1])
        title = f"{_CLASS_TITLES[match[1]]}: {match[2]}"
        return title, metric.unit, ""
    of = ""
    if match := _KID.fullmatch(name):
        name, of = match[1], ", spread" if match[2] == "spread" else ""
    metric = MetricName.of(name)
    detail = f"{metric.detail}." if metric.detail else ""
    reading = " ".join(filter(None, [detail, metric.reading]))
    return metric.name + of, metric.unit, reading
