import math
import xml.etree.ElementTree as ET

from keras_pix2pixhd.charts.histogram import (
    bin_edges,
    counted,
    histogram,
)

SVG = "{http://www.w3.org/2000/svg}"


def drawn(values):
    return ET.fromstring(histogram(values, "Title", with_legend=False))


def test_bins_have_round_edges():
    # three times the cube root of 8 values: at most 6 bins
    assert bin_edges([[0.1, 5.9] + [3.0] * 6]) == [0, 1, 2, 3, 4, 5, 6]


def test_all_series_share_the_bins():
    edges = bin_edges([[0.0, 1.0], [9.0, 10.0]])
    assert edges == [0, 5, 10]


def test_there_are_at_most_thirty_bins():
    edges = bin_edges([[i / 1e5 for i in range(100_000)]])
    assert len(edges) == 21  # thirty steps of 1/30 are rounded to 0.05


def test_equal_values_are_in_one_bin():
    edges = bin_edges([[0.7, 0.7, 0.7]])
    assert sorted(counted([0.7, 0.7, 0.7], edges))[-2:] == [0, 3]
    assert edges[0] < 0.7 < edges[-1]


def test_a_value_on_an_edge_is_counted_above_it_and_the_last_below():
    assert counted([0.0, 0.1, 0.2, 0.3], [0.0, 0.1, 0.2, 0.3]) == [1, 1, 2]


# Counts 2, 0, 0, 0, 1 between 1.0, 1.2 ... 2.0. The plot is from y = 26 to
# 168 and, for texts of one letter at its left and three below, from x = 14 + 7
# to 360 - 3 * 7 / 2.
def test_steps_are_as_high_as_the_counts():
    svg = drawn({"run": [1, 1, 2]})
    (path,) = svg.iter(f"{SVG}path")
    assert path.get("d") == (
        "M21 168V26H86.7V168H152.4V168H218.1V168H283.8V97H349.5V168"
    )


def test_a_line_is_at_the_mean():
    lines = list(drawn({"run": [1, 1, 2]}).iter(f"{SVG}line"))
    assert lines[-1].get("x1") == lines[-1].get("x2") == "130.5"


def test_values_that_are_missing_do_not_count():
    some = [1, 1, 2]
    missing = [None, math.nan, math.inf]
    assert histogram({"a": some + missing}, "T") == histogram({"a": some}, "T")


def test_a_series_may_have_no_value():
    svg = drawn({"a": [1, 2], "b": [None]})
    assert len(list(svg.iter(f"{SVG}path"))) == 1


def test_there_may_be_no_value_at_all():
    assert list(drawn({"a": []}).iter(f"{SVG}path")) == []


def test_counts_are_whole_numbers():
    svg = drawn({"a": [1.0]})
    texts = [t for t in svg.iter(f"{SVG}text") if t.get("text-anchor") == "end"]
    assert [text.text for text in texts if text.text] == ["0", "1"]
