"""Diversity and memorisation, in words."""

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import number, share
from keras_pix2pixhd.charts.page_parts import (
    data_table,
    run_label,
    section,
)
from keras_pix2pixhd.metrics.metric_name import MetricName


def variety_section(evaluation):
    """Returns the section, or `None` where neither was measured."""
    runs = evaluation.runs
    named = len(runs) > 1
    diversity = [
        _diversity(run, key, value, named)
        for run in runs
        for key, value in (run.diversity or {}).items()
    ]
    remembered = [
        (run.name, key, value)
        for run in runs
        for key, value in (run.memorisation or {}).items()
        if isinstance(value, dict)
    ]
    if not diversity and not remembered:
        return None
    return section(
        "diversity",
        "Diversity and memorisation",
        element("h3", "Diversity") if diversity else None,
        diversity,
        _memorisation(remembered) if remembered else None,
    )


_CAUTION = (
    "New photographs would be about as far from the training photographs as "
    "the real held-out ones are, and about half of them closer. Generated "
    "images that are much nearer, nearly all of them, hint at photographs "
    "that were learned by heart: look at the nearest training photographs "
    "among the examples."
)


def _diversity(run, key, value, named):
    metric = MetricName.of(key)
    unit = f" {metric.unit}" if metric.unit else ""
    return element(
        "p",
        _of(run, named),
        "Images painted from one label map in different styles differ by ",
        element("strong", number(value), unit),
        f" on average ({metric.detail}).",
    )


def _memorisation(remembered):
    many = len(remembered) > 1
    return [
        element("h3", "Memorisation"),
        _table(remembered) if many else _sentence(*remembered[0][1:]),
        element("p", _CAUTION, class_="note"),
    ]


def _sentence(key, value):
    return element(
        "p",
        "On average, a generated image is ",
        element("strong", number(value.get("generated_mean"))),
        " from its nearest training photograph, and a real held-out image ",
        element("strong", number(value.get("real_mean"))),
        f" from its own (features of {MetricName.of(key).detail}). ",
        element("strong", share(value.get("closer_than_real"))),
        " of the generated images are closer to a training photograph than "
        "the real image of the same label map is.",
    )


def _table(remembered):
    head = [
        "run",
        "generated",
        "real",
        "generated ones closer",
    ]
    rows = [
        [
            element(
                "th",
                run_label(name),
                element("small", MetricName.of(key).detail),
                scope="row",
            ),
            number(value.get("generated_mean")),
            number(value.get("real_mean")),
            share(value.get("closer_than_real")),
        ]
        for name, key, value in remembered
    ]
    return [
        element(
            "p",
            "The mean distance of generated images and of real held-out ones "
            "to the nearest training photograph, and how many generated "
            "images are closer to theirs than the real image of the same "
            "label map is to its own.",
        ),
        data_table("Nearest training photographs", head, rows),
    ]


def _of(run, named):
    return [element("bdi", run.name), ": "] if named else None
