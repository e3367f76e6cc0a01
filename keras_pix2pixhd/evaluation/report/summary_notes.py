"""What must be said below the table of all metrics."""

import re

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import number
from keras_pix2pixhd.evaluation.report.segmenter_name import segmenter_name


def is_encoded(run):
    """Returns whether a run painted in the style of the real photographs."""
    return run.model.get("features") == "encode"


def summary_notes(evaluation, real, training):
    """Returns the notes on marks, scale, network and styles, or `None`.

    Args:
        evaluation: `Evaluation`.
        real: bool, whether there are scores of the real images.
        training: bool, whether there are numbers of training photographs.
    """
    notes = []
    runs, protocol = evaluation.runs, evaluation.protocol
    encoded = [run.name for run in runs if is_encoded(run)]
    apart = 0 < len(encoded) < len(runs)
    if len(runs) > 1:
        notes.append("The best value of a row is marked.")
    if training:
        notes.append(_of_training(protocol))
    if real:
        name = segmenter_name(protocol) or "one segmentation network"
        notes.append(
            f"Pixels and overlaps are as {name} reads them, in the generated "
            "images and in the real ones; those that other networks read "
            "cannot be compared with them."
        )
    if encoded:
        notes.append(
            f"{', '.join(encoded)}: painted in the style of each real "
            "photograph, which makes its colours easy to guess"
            f"{', and so never marked as best' if apart else ''}."
        )
    return element("p", " ".join(notes), class_="note") if notes else None


def reading_id(name):
    """Returns where a link finds how a metric is read.

    >>> reading_id("Overlap of the classes (mean IoU)")
    'reading-overlap-of-the-classes-mean-iou'
    """
    words = re.findall("[a-z0-9]+", name.lower())
    return "-".join(["reading", *words])


def how_to_read(metrics):
    """Returns how to read each of some metrics, folded, or `None`.

    Args:
        metrics: list of `MetricName`.
    """
    readings = {m.name: m.reading for m in metrics if m.reading}
    if not readings:
        return None
    return element(
        "details",
        element("summary", "How to read these numbers"),
        element(
            "dl",
            [
                element(
                    "div",
                    element("dt", name),
                    element("dd", reading),
                    id=reading_id(name),
                )
                for name, reading in readings.items()
            ],
            class_="readings",
        ),
    )


def _of_training(protocol):
    count = protocol["training"].get("images")
    evaluated = (protocol.get("data") or {}).get("images")
    some = f"the {number(count)}" if count else "the"
    note = (
        f"Training photographs: the same measure between {some} photographs "
        "of the training side and the evaluated real ones"
    )
    if count and evaluated and count != evaluated:
        note += (
            f", with {number(count)} images instead of {number(evaluated)}, "
            "so not exactly comparable"
        )
    return f"{note}."
