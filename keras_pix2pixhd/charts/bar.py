"""A bar beside a number."""

from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite
from keras_pix2pixhd.charts.series_style import fill_style


def bar(value, largest, index=0):
    """Returns a bar as SVG, as wide as the place where it stands.

    It says nothing that the number beside it does not, so it is not read
    aloud.

    Args:
        value: number, or `None` for an empty bar.
        largest: number, what fills the bar.
        index: int, the series whose colour it has.

    Example:

    >>> bar(0.5, 2).count('width="25%"')
    1
    """
    whole = is_finite(value) and is_finite(largest) and largest > 0
    share = min(max(value / largest, 0), 1) if whole else 0
    track = element(
        "rect", width="100%", height=8, rx=4, fill="#e4e1db", class_="track"
    )
    filled = element(
        "rect", width=f"{100 * share:.4g}%", height=8, rx=4, **fill_style(index)
    )
    return element(
        "svg",
        track,
        filled if share else None,
        class_="bar",
        height=8,
        aria_hidden="true",
    )
