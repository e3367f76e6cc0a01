"""The best, the worst and some random images of every run."""

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import number
from keras_pix2pixhd.charts.page_parts import section
from keras_pix2pixhd.evaluation.report.comparison import (
    comparison,
    shared_names,
)
from keras_pix2pixhd.evaluation.report.picture import picture
from keras_pix2pixhd.metrics.metric_name import MetricName

_KINDS = {"best": "Best", "worst": "Worst", "random": "Random"}


def example_section(evaluation):
    """Returns the section of examples, or `None` where there are none."""
    runs = [run for run in evaluation.runs if run.examples]
    if not runs:
        return None
    shared = shared_names(runs)
    ranked_by = evaluation.protocol.get("ranked_by")
    note = "Press an image to enlarge it."
    if ranked_by:
        name = MetricName.of(ranked_by).name.lower()
        note = f"Best and worst by {name}. {note}"
    alone = len(evaluation.runs) == 1
    return section(
        "examples",
        "Examples",
        element("p", note, class_="note"),
        comparison(runs, shared),
        [_kinds(run, []) if alone else _folded(run, shared) for run in runs],
    )


def _folded(run, shared):
    """The examples of one of several runs, which open on demand."""
    name = element("summary", element("bdi", run.name))
    return element("details", name, _kinds(run, shared))


def _kinds(run, shared):
    """The examples by kind; none is random that is seen above."""
    parts, seen = [], {*shared}
    for kind, title in _KINDS.items():
        examples = [
            example
            for example in run.examples
            if example.kind == kind
            and not (kind == "random" and example.name in seen)
        ]
        seen |= {example.name for example in examples}
        if examples:
            figures = [_figure(example) for example in examples]
            parts.append(element("h3", title))
            parts.append(element("div", figures, class_="cards"))
    return parts


def _figure(example):
    name = example.name
    images = [
        picture(example.label, "label", f"Label map of {name}"),
        picture(example.generated, "generated", f"Generated image of {name}"),
        picture(example.real, "real", f"Real photograph of {name}"),
    ]
    if example.nearest is not None:
        nearest = example.nearest_name
        words = f"Training photograph nearest to the generated {name}"
        if nearest:
            words += f": {nearest}"
        images.append(picture(example.nearest, "nearest training", words))
    return element(
        "figure",
        element("div", images, class_=f"images of-{len(images)}"),
        element(
            "figcaption",
            element("bdi", name, class_="file"),
            values_list(example.values),
        ),
    )


def values_list(values):
    """Returns the numbers of an image as a list on a line."""
    pairs = []
    for key, value in values.items():
        if key != "name":
            metric = MetricName.of(key)
            text = f"{number(value, 3)} {metric.unit if key == 'psnr' else ''}"
            pairs.append(
                element(
                    "div",
                    element("dt", metric.short, title=metric.name),
                    element("dd", text.strip()),
                )
            )
    return element("dl", pairs, class_="values") if pairs else None
