"""An evaluation as lines of a terminal."""

from keras_pix2pixhd.evaluation.report.grouped_warnings import grouped_warnings
from keras_pix2pixhd.evaluation.report.segmenter_name import segmenter_name
from keras_pix2pixhd.evaluation.report.summary_values import (
    real_values,
    summary_values,
    training_values,
)
from keras_pix2pixhd.evaluation.results.left_out import left_out
from keras_pix2pixhd.evaluation.results.output_folder import (
    METRICS_FILE,
    REPORT_FILE,
)
from keras_pix2pixhd.metrics.metric_name import MetricName

_NONE = "-"


def summary_table(evaluation):
    """Returns the numbers of all runs, a line for each metric.

    The last number of a line is for scale, where there is one: the
    segmentation score of the real images, or the same measure of the
    training photographs against them.

    Args:
        evaluation: `Evaluation`.

    Returns:
        Str of several lines.
    """
    columns = [
        {**summary_values(run), **_nearest(run)} for run in evaluation.runs
    ]
    keys = list(dict.fromkeys(key for column in columns for key in column))
    scale = _scale(evaluation, keys)
    titles = [run.name for run in evaluation.runs]
    if scale:
        columns, titles = [*columns, scale], [*titles, "for scale"]
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
        *_footnotes(evaluation),
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
    """Returns the warnings, each once, with its runs where not of all."""
    return [
        f"{', '.join(names)}: {words}" if names else words
        for words, names in grouped_warnings(evaluation.runs)
    ]


def _scale(evaluation, keys):
    """What the numbers of some keys can be compared with."""
    training = training_values(evaluation.protocol)
    scale = real_values(evaluation.runs)
    for key in keys:
        family = MetricName.of(key).family
        if family in training:
            _, scale[key] = training[family]
    return scale


def _footnotes(evaluation):
    """What the column for scale holds, and who segmented."""
    protocol, real = evaluation.protocol, real_values(evaluation.runs)
    if training_values(protocol):
        count = protocol["training"].get("images", "the")
        evaluated = protocol["data"]["images"]
        yield (
            f"for scale: {count} training photographs against the "
            f"{evaluated} evaluated real ones"
        )
    if real:
        name = segmenter_name(protocol)
        yield f"segmentation by {name}; for scale: real images"


def _nearest(run):
    """The share of images that are nearer to training images than real ones."""
    return {
        key.replace("nearest_training", "closer_than_real"): numbers[
            "closer_than_real"
        ]
        for key, numbers in (run.memorisation or {}).items()
    }


def _text(value):
    if isinstance(value, dict):
        return f"{value['mean']:.4g} +- {value['spread']:.2g}"
    return _NONE if value is None else f"{value:.4g}"


def _line(row, widths):
    first, *others = row
    *numbers, better = zip(others, widths[1:], strict=True)
    cells = [f"{text:>{width}}" for text, width in numbers]
    return "  ".join([f"{first:<{widths[0]}}", *cells, better[0]]).rstrip()
