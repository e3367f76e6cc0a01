"""Pieces that several sections are made of."""

from keras_pix2pixhd.charts.legend import shortened
from keras_pix2pixhd.charts.markup import Markup, element
from keras_pix2pixhd.charts.series_style import line_style


def section(name, heading, *content):
    """Returns a section of the page, which links reach as `#name`."""
    title = element("h2", heading, id=f"{name}-title")
    return element(
        "section", title, content, id=name, aria_labelledby=f"{name}-title"
    )


def data_table(name, head, rows, groups=None, class_=None):
    """Returns a table in a frame of its own that scrolls sideways.

    Args:
        name: str, read aloud as the name of the table.
        head: list of what is in the cells of the first row.
        rows: lists of cells: `td` or `th` elements, or text, of which the
            first is the name of the row.
        class_: str, for the style.
        groups: list of `(text, how many columns)`, a row above the first.
    """
    above = [
        element("th", text, colspan=span, scope="colgroup")
        for text, span in groups or []
    ]
    columns = [element("th", cell, scope="col") for cell in head]
    table = element(
        "table",
        element("caption", name, class_="aloud"),
        element(
            "thead",
            element("tr", above) if above else None,
            element("tr", columns),
        ),
        element("tbody", [element("tr", [*_cells(row)]) for row in rows]),
    )
    attributes = {"role": "region", "aria_label": name, "tabindex": 0}
    style = f"wide {class_ or ''}".strip()
    return element("div", table, class_=style, **attributes)


def run_label(name):
    """Returns the name of a run; a very long one is cut in its middle."""
    text = shortened(name, 48)
    return element("bdi", text, title=name if text != name else None)


def run_legend(names, absent=()):
    """Returns a legend of runs for all charts of a section.

    Args:
        names: list of str, in the order of the series.
        absent: names that are in no chart of it.
    """
    return element(
        "ul",
        [
            element("li", _sample(index), run_label(name))
            for index, name in enumerate(names)
            if name not in absent
        ],
        class_="legend",
    )


def _cells(row):
    for place, cell in enumerate(row):
        if isinstance(cell, Markup) and cell.startswith(("<td", "<th")):
            yield cell
        elif place == 0:
            yield element("th", cell, scope="row")
        else:
            yield element("td", cell)


def _sample(index):
    line = element("line", x1=0, x2=26, y1=5, y2=5, **line_style(index))
    return element("svg", line, width=26, height=10, aria_hidden="true")
