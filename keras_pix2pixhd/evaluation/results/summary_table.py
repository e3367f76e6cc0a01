"""An evaluation as lines of a terminal."""

from keras_pix2pixhd.evaluation.report.metric_name import MetricName
from keras_pix2pixhd.evaluation.report.summary_values import (
    real_values,
    summary_values,
)
from keras_pix2pixhd.evaluation.results.output_folder import (
    METRICS_FILE,
    REPORT_FILE,
)

_NONE = "-"
_OPTIONS = {  # metric -> how to get it
    "perceptual": "perceptual distance: --perceptual WEIGHTS",
    "frechet": "distances between distributions, precision and recall, "
    "nearest training images: --feature-network NETWORK",
    "segmentation": "segmentation score: --segmenter FILE "
    "(pix2pixhd train-segmenter makes one)",
}


def summary_table(evaluation):
    """Returns the numbers of all runs, a line for each metric.

    The last number of a line is that of real photographs, where there is
    one: the segmentation score of the real images, and the distances of the
    training photographs from them.

    Args:
        evaluation: `Evaluation`.

    Returns:
        Str of several lines.
    """
    columns = [
        {**summary_values(run), **_nearest(run)} for run in evaluation.runs
    ]
    real = real_values(evaluation.runs) | _training(evaluation.protocol)
    keys = list(
        dict.fromkeys(key for column in (*columns, real) for key in column)
    )
    titles = [run.name for run in evaluation.runs]
    if real:
        columns, titles = [*columns, real], [*titles, "real"]
    rows = [("", *titles, "better")]
    for key in keys:
        better = MetricName.of(key).better or ""
        texts = [_text(column.get(key)) for column in columns]
        rows.append((key, *texts, better))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def summary_text(evaluation, chosen=False):
    """Returns what `pix2pixhd evaluate` prints at its end.

    Args:
        evaluation: `Evaluation`.
        chosen: bool, whether the metrics were chosen, so that none is
            missed.
    """
    data, size = evaluation.protocol["data"], evaluation.protocol["image_size"]
    lines = [
        f"{data['images']} images ({data['side']}) at {size[0]} {size[1]}",
        summary_table(evaluation),
        *(f"note: {words}" for words in warnings_of(evaluation)),
    ]
    if not chosen:
        lines += [f"left out: {words}" for words in left_out(evaluation)]
    if evaluation.folder is not None:
        folder = evaluation.folder
        lines += [
            f"numbers: {folder / METRICS_FILE}",
            f"report:  {folder / REPORT_FILE}",
        ]
    return "\n".join(lines)


def warnings_of(evaluation):
    """Returns the warnings of all runs, each once."""
    found = [words for run in evaluation.runs for words in run.warnings]
    return list(dict.fromkeys(found))


def left_out(evaluation):
    """Returns what was not measured for want of a network, and the option.

    >>> from keras_pix2pixhd.evaluation import Evaluation
    >>> left_out(Evaluation({"metrics": ["perceptual", "frechet"],
    ...     "data": {"classes": None}}, []))
    []
    """
    protocol = evaluation.protocol
    known = protocol["data"]["classes"] is not None
    return [
        words
        for metric, words in _OPTIONS.items()
        if metric not in protocol["metrics"]
        and (known or metric != "segmentation")
    ]


def _nearest(run):
    """The share of images that are nearer to training images than real ones."""
    return {
        key.replace("nearest_training", "closer_than_real"): numbers[
            "closer_than_real"
        ]
        for key, numbers in (run.memorisation or {}).items()
    }


def _training(protocol):
    numbers = protocol.get("training") or {}
    return {k: x for k, x in numbers.items() if k not in ("images", "sha256")}


def _text(value):
    if isinstance(value, dict):
        return f"{value['mean']:.4g} +- {value['spread']:.2g}"
    return _NONE if value is None else f"{value:.4g}"


def _line(row, widths):
    first, *others = row
    *numbers, better = zip(others, widths[1:], strict=True)
    cells = [f"{text:>{width}}" for text, width in numbers]
    return "  ".join([f"{first:<{widths[0]}}", *cells, better[0]]).rstrip()
