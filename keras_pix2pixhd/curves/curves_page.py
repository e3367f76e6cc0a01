"""The curves of runs as one page."""

from keras_pix2pixhd.charts.html_page import html_page
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.page_parts import run_legend, section
from keras_pix2pixhd.charts.page_style import PAGE_STYLE
from keras_pix2pixhd.curves.differences import differences_table
from keras_pix2pixhd.curves.level_axis import place_in_words

WIDTH, HEIGHT = 440, 260
_WHOLE_ROW = 2 * WIDTH + 20  # and the space between two
_STYLE = (
    PAGE_STYLE
    + """
.curves figcaption { max-width: 60ch; line-height: 1.4; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
th, td { padding: .3rem 1rem .3rem 0; text-align: left;
  overflow-wrap: normal; border-top: 1px solid var(--line); }
thead th { border: 0; color: var(--soft); }
th { font-weight: 500; }
tbody th { overflow-wrap: anywhere; min-width: 7rem; }
"""
)


def curves_page(runs, charts):
    """Returns the HTML of a page that opens offline.

    Args:
        runs: list of `RunCurves`.
        charts: dict from heading to `CurveChart`s, see `charts_of`.
    """
    several = len(runs) > 1
    title = f"Curves of {len(runs)} runs" if several else None
    content = {h: _content(runs, charts[h], several) for h in charts}
    table = differences_table(runs) if several else None
    if table is not None:
        content = {"What differs": [table]} | content
    names = {heading: heading.lower().split()[0] for heading in content}
    links = [element("a", h, href=f"#{name}") for h, name in names.items()]
    sections = [section(names[h], h, *parts) for h, parts in content.items()]
    body = [
        element("nav", links, aria_label="Sections"),
        element("main", _header(runs, title), sections),
    ]
    return html_page(title or f"Curves of {runs[0].name}", body, _STYLE)


def curve_figures(charts, several):
    """Returns charts in rows of two; the last of an odd number has a row."""
    figures = [chart.figure(WIDTH, HEIGHT, several) for chart in charts]
    if len(charts) % 2:
        whole_row = {"wide": _WHOLE_ROW}
        figures[-1] = charts[-1].figure(WIDTH, HEIGHT, several, **whole_row)
    return element("div", figures, class_="charts curves")


def _content(runs, charts, several):
    if several:
        yield run_legend([run.name for run in runs])
    yield curve_figures(charts, several)


def _header(runs, title):
    heading = title or ["Curves of ", element("bdi", runs[0].name)]
    facts = [element("li", fact) for fact in _facts(runs)]
    return element(
        "header",
        element("p", "pix2pixHD", class_="kicker"),
        element("h1", heading),
        element("ul", facts, class_="facts"),
    )


def _facts(runs):
    for run in runs:
        last = run.history[-1]
        done = [
            f"{last[name]:,} {word}{'' if last[name] == 1 else 's'}"
            for name, word in (("epoch", "epoch"), ("steps", "step"))
            if name in last
        ]
        name = f"{run.name}: " if len(runs) > 1 else ""
        yield [name, ", ".join(done) or f"{len(run.history)} rows"]
    yield f"drawn {place_in_words([run.history for run in runs])}"
