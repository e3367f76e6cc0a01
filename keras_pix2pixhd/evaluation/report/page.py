"""The page of an evaluation as text."""

import base64
import hashlib

from keras_pix2pixhd.charts.markup import Markup, element
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
    body = element(
        "body",
        element("nav", links, aria_label="Sections"),
        element(
            "main",
            page_header(evaluation),
            warning_box(evaluation.runs),
            list(made.values()),
        ),
        element("script", Markup(SCRIPT)),
    )
    html = element("html", _head(page_title(evaluation)), body, lang="en")
    return f"<!DOCTYPE html>\n{html}\n"


def _head(title):
    policy = (
        "default-src 'none'; img-src data:; base-uri 'none'; "
        f"form-action 'none'; style-src {_hash(STYLE)}; "
        f"script-src {_hash(SCRIPT)}"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element(
            "meta",
            name="viewport",
            content="width=device-width, initial-scale=1",
        ),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("link", rel="icon", href="data:,"),
        element("style", Markup(STYLE)),
    )


def _hash(text):
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
