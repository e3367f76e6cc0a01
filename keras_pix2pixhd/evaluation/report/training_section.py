"""How the runs were trained: their curves."""

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.page_parts import run_legend, section
from keras_pix2pixhd.curves.charts_of import HELD_OUT, charts_of
from keras_pix2pixhd.curves.curves_page import curve_figures

_TREND = (
    "Measured during training, on as many held-out images as the setting "
    "validation_images says, 8 where it was not set: they show a trend and "
    "are no numbers to compare with the summary."
)


def training_section(evaluation):
    """Returns the section of training curves, or `None` without history."""
    charts = charts_of(evaluation.runs)
    if not charts:
        return None
    several = len(evaluation.runs) > 1
    parts = [_legend(evaluation.runs)] if several else []
    for heading, found in charts.items():
        parts.append(element("h3", heading))
        if heading == HELD_OUT:
            parts.append(element("p", _TREND, class_="note"))
        parts.append(curve_figures(found, several))
    return section("training", "Training", parts)


def _legend(runs):
    absent = [run.name for run in runs if not run.history]
    return run_legend([run.name for run in runs], absent)
