"""The curves of runs as one page."""

from keras_pix2pixhd.charts.html_page import html_page
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.page_parts import run_legend, section
from keras_pix2pixhd.charts.page_style import PAGE_STYLE

WIDTH, HEIGHT = 440, 260
_STYLE = (
    PAGE_STYLE
    + """
.charts { gap: 2rem 1.5rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
.charts figcaption { max-width: 60ch; line-height: 1.4; }
"""
)
_AXES = {
    "epoch": "by epoch",
    "steps": "by step, because epochs are not of one length or begin again",
    "row": "by row of history.csv, because epochs and steps begin again",
}


def curves_page(runs, charts):
    """Returns the HTML of a page that opens offline.

    Args:
        runs: list of `RunCurves`.
        charts: dict from heading to `CurveChart`s, see `charts_of`.
    """
    several = len(runs) > 1
    title = f"Curves of {len(runs)} runs" if several else None
    sections = {heading.lower().split()[0]: heading for heading in charts}
    links = [element("a", h, href=f"#{name}") for name, h in sections.items()]
    body = [
        element("nav", links, aria_label="Sections"),
        element(
            "main",
            _header(runs, title, next(iter(charts.values()))[0].place),
            [
                section(name, h, *_content(runs, charts[h], several))
                for name, h in sections.items()
            ],
        ),
    ]
    return html_page(title or f"Curves of {runs[0].name}", body, _STYLE)


def curve_figures(charts, several):
    """Returns charts beside and below each other."""
    figures = [chart.figure(WIDTH, HEIGHT, several) for chart in charts]
    return element("div", figures, class_="charts")


def _content(runs, charts, several):
    if several:
        yield run_legend([run.name for run in runs])
    yield curve_figures(charts, several)


def _header(runs, title, place):
    heading = title or ["Curves of ", element("bdi", runs[0].name)]
    facts = [element("li", fact) for fact in _facts(runs, place)]
    return element(
        "header",
        element("p", "pix2pixHD", class_="kicker"),
        element("h1", heading),
        element("ul", facts, class_="facts"),
    )


def _facts(runs, place):
    for run in runs:
        last = run.history[-1]
        done = [
            f"{last[name]:,} {word}{'' if last[name] == 1 else 's'}"
            for name, word in (("epoch", "epoch"), ("steps", "step"))
            if name in last
        ]
        name = f"{run.name}: " if len(runs) > 1 else ""
        yield [name, ", ".join(done) or f"{len(run.history)} rows"]
    yield f"drawn {_AXES[place]}"
