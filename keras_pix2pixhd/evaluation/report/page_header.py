"""Title, facts and warnings at the top of the page."""

import datetime

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.evaluation.report.grouped_warnings import grouped_warnings

_SIDES = {"held_out": "held-out ", "train": "training "}


def page_title(evaluation):
    """Returns the title of the page as text."""
    runs = evaluation.runs
    if len(runs) == 1:
        return f"Evaluation of {runs[0].name}"
    return f"Comparison of {len(runs)} runs"


def page_header(evaluation):
    """Returns title, date and what was evaluated."""
    protocol, runs = evaluation.protocol, evaluation.runs
    heading = ["Comparison of ", len(runs), " runs"]
    if len(runs) == 1:
        heading = ["Evaluation of ", element("bdi", runs[0].name)]
    facts = [element("li", fact) for fact in _facts(protocol)]
    return element(
        "header",
        element("p", "pix2pixHD", class_="kicker"),
        element("h1", heading),
        element("ul", facts, class_="facts"),
    )


def date_text(created):
    """Returns an ISO date in words, or as it came if it is none.

    >>> date_text("2025-11-25T13:23:05+00:00")
    '25 November 2025, 13:23 UTC'
    """
    try:
        moment = datetime.datetime.fromisoformat(created)
    except (TypeError, ValueError):
        return str(created)
    zone = f" {moment.tzname()}" if moment.tzinfo else ""
    return f"{moment.day} {moment:%B %Y, %H:%M}{zone}"


def warning_box(runs):
    """Returns all warnings, each once, or `None` where there are none."""
    warned = grouped_warnings(runs)
    if not warned:
        return None
    lines = []
    for warning, names in warned:
        named = [[", ", element("bdi", name)] for name in names]
        of = [named[0][1], named[1:], ": "] if names else None
        lines.append(element("li", of, warning))
    return element(
        "aside",
        element("h2", "Read this first", id="warnings-title"),
        element("ul", lines),
        class_="warnings",
        aria_labelledby="warnings-title",
    )


def _facts(protocol):
    data = protocol.get("data") or {}
    if created := protocol.get("created"):
        yield element("time", date_text(created), datetime=created)
    if count := data.get("images"):
        side = _SIDES.get(data.get("side"), "")
        yield f"{count:,} {side}{'pair' if count == 1 else 'pairs'}"
    if size := protocol.get("image_size"):
        yield f"{size[0]} × {size[1]} pixels, height × width"
    if folder := data.get("folder"):
        yield element("bdi", folder)
