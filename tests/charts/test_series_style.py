import re

import pytest

from keras_pix2pixhd.charts.series_style import (
    COLORS,
    DARK_COLORS,
)
from keras_pix2pixhd.evaluation.report.style import STYLE


def luminance(color):
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4
        for p in parts
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a, b):
    """That of the web content accessibility guidelines."""
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def schemes():
    """The colours of the page, light and dark."""
    roots = re.findall(r":root \{(.*?)\}", STYLE, re.S)
    return [dict(re.findall(r"--([\w-]+): (#\w{6});", root)) for root in roots]


def test_black_on_white_has_the_largest_contrast():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", [0, 1])
def test_words_can_be_read(scheme):
    colors = schemes()[scheme]
    pairs = [
        (ink, ground)
        for ink in ("ink", "soft", "link")
        for ground in ("ground", "card", "head")
    ]
    pairs += [("best-ink", "best"), ("ink", "warn")]
    for ink, ground in pairs:
        assert contrast(colors[ink], colors[ground]) >= 4.5, (ink, ground)


@pytest.mark.parametrize("scheme, lines", [(0, COLORS), (1, DARK_COLORS)])
def test_lines_can_be_seen(scheme, lines):
    for color in lines:
        assert contrast(color, schemes()[scheme]["card"]) >= 3


def test_colours_have_as_many_dark_ones():
    assert len(COLORS) == len(DARK_COLORS) == len({*COLORS})
