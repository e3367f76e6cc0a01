"""The page of an evaluation as text."""

from keras_pix2pixhd.charts.html_page import html_page
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.evaluation.report.class_section import class_section
from keras_pix2pixhd.evaluation.report.distribution_section import (
    distribution_section,
)
from keras_pix2pixhd.evaluation.report.example_section import example_section
from keras_pix2pixhd.evaluation.report.page_header import (
    page_header,
    page_title,
    warning_box,
)
from keras_pix2pixhd.evaluation.report.protocol_section import protocol_section
from keras_pix2pixhd.evaluation.report.script import SCRIPT
from keras_pix2pixhd.evaluation.report.style import STYLE
from keras_pix2pixhd.evaluation.report.summary_section import summary_section
from keras_pix2pixhd.evaluation.report.training_section import training_section
from keras_pix2pixhd.evaluation.report.variety_section import variety_section

_SECTIONS = {
    "Summary": summary_section,
    "Examples": example_section,
    "Classes": class_section,
    "Distributions": distribution_section,
    "Training": training_section,
    "Diversity": variety_section,
    "Protocol": protocol_section,
}


def page(evaluation):
    """Returns the whole HTML of an evaluation.

    Its policy lets a browser run no script and fetch nothing but what
    this package wrote, so that data cannot, whatever it holds.
    """
    made = {name: make(evaluation) for name, make in _SECTIONS.items()}
    made = {name: section for name, section in made.items() if section}
    links = [element("a", name, href=f"#{name.lower()}") for name in made]
    body = [
        element("nav", links, aria_label="Sections"),
        element(
            "main",
            page_header(evaluation),
            warning_box(evaluation.runs),
            list(made.values()),
        ),
    ]
    return html_page(page_title(evaluation), body, STYLE, SCRIPT)
