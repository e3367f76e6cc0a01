"""How series are told apart: colours that the colour-blind see, and dashes.

The colours are Okabe's and Ito's, darkened to a contrast of 3 on white. The
page has lighter ones for dark screens, under the same class names.
"""

COLORS = ("#0072b2", "#c24e00", "#00805f", "#a8478a", "#8a6500", "#4a4a4a")
DARK_COLORS = (
    "#5ab4f0",
    "#ff9a56",
    "#3fd0a4",
    "#f29ad0",
    "#f0c840",
    "#c8c8c8",
)
DASHES = (None, "7 3", "2 3", "9 3 2 3", "12 4", "4 2")


def line_style(index):
    """Returns the attributes of the line of a series.

    >>> line_style(1)["stroke"], line_style(7)["stroke_dasharray"]
    ('#c24e00', '2 3')
    """
    color = index % len(COLORS)
    turn = index // len(COLORS)  # the same colour again gets other dashes
    return {
        "stroke": COLORS[color],
        "stroke_width": 2,
        "stroke_dasharray": DASHES[(index + turn) % len(DASHES)],
        "class_": f"line s{color}",
    }


def fill_style(index):
    """Returns the attributes of an area of a series.

    >>> fill_style(0)
    {'fill': '#0072b2', 'class_': 'f0'}
    """
    color = index % len(COLORS)
    return {"fill": COLORS[color], "class_": f"f{color}"}
