"""A chart of one thing, of one run or several."""

import dataclasses

from keras_pix2pixhd.charts.line_chart import line_chart
from keras_pix2pixhd.charts.markup import element
from keras_pix2pixhd.charts.number_text import is_finite, number


@dataclasses.dataclass
class CurveChart:
    """What is drawn together.

    Attributes:
        key: str, the name of its file without the ending.
        title: str.
        place: str, what the level axis is: `"epoch"`, `"steps"`, `"row"`.
        series: dict from the name of a line to its points `(x, y)`.
        best: dict from the name of a line to its best point; may be empty.
        unit: str, or `""`.
        reading: str, a sentence, or `""`.
        ratio: number. Values that differ by more are drawn on a logarithmic
            scale; infinite for none.

    Example:

    >>> chart = CurveChart("l1", "L1", "epoch", {"a": [(1, 9.0), (2, 7.5)]})
    >>> chart.svg(360, 220)[:4], chart.log
    ('<svg', False)
    """

    key: str
    title: str
    place: str
    series: dict
    best: dict = dataclasses.field(default_factory=dict)
    unit: str = ""
    reading: str = ""
    ratio: float = 50

    @property
    def log(self):
        """Whether the upright axis is logarithmic."""
        found = [y for p in self.series.values() for _, y in p if is_finite(y)]
        return (
            bool(found)
            and min(found) > 0
            and max(found) / min(found) > self.ratio
        )

    @property
    def _across(self):
        return {"steps": "step"}.get(self.place, self.place)

    def svg(self, width, height, **options):
        """Returns it as an `<svg>` element; options are of `line_chart`."""
        words = [self.unit, "logarithmic" if self.log else ""]
        return line_chart(
            self.series,
            f"{self.title} by {self._across}",
            self._across,
            ", ".join(filter(None, words)),
            width,
            height,
            log=self.log,
            marks=self.best,
            **options,
        )

    def figure(self, width, height, several, wide=None):
        """Returns it as a part of a page.

        Args:
            width, height: ints, pixels.
            several: bool, whether its lines are runs, which a legend of the
                page names.
            wide: int, the width on wide screens, where it is another one; or
                `None` (default).
        """
        named = not several and len(self.series) > 1
        chart = self.svg(width, height, with_legend=named)
        if wide is not None:
            other = self.svg(wide, height, with_legend=named)
            chart = [
                element("div", chart, class_="on-narrow"),
                element("div", other, class_="on-wide"),
            ]
        words = [self._best_text(several), self.reading]
        below = " ".join(filter(None, words))
        return element(
            "figure",
            element("h4", self.title),
            chart,
            element("figcaption", below) if below else None,
        )

    def _best_text(self, several):
        found = [
            f"{f'{name}: ' if several else ''}{number(y, 4)} at "
            f"{self._across} {number(x)}"
            for name, (x, y) in self.best.items()
        ]
        return f"Best: {'; '.join(found)}." if found else ""
