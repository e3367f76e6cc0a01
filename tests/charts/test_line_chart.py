import math
import xml.etree.ElementTree as ET

import pytest

from keras_pix2pixhd.charts.line_chart import line_chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(series, **options):
    options = {"width": 360, "height": 210, "with_legend": False} | options
    return ET.fromstring(line_chart(series, "Title", **options))


def lines(svg):
    return [path.get("d") for path in svg.iter(f"{SVG}path")]


def dots(svg):
    return [(c.get("cx"), c.get("cy")) for c in svg.iter(f"{SVG}circle")]


def texts(svg):
    return [text.text for text in svg.iter(f"{SVG}text") if text.text]


# Without names of axes the plot is from y = 10 to 210 - 42 = 168. Tick texts
# of two letters make it begin at 14 + 2 * 7 = 28; it ends at 360 - 8 = 352.
def test_a_line_goes_from_corner_to_corner():
    assert lines(drawn({"a": [(0, 0), (10, 10)]})) == ["M28 168L352 10"]


def test_ticks_are_round_numbers():
    upright, level = ["0", "5", "10"], ["0", "2", "4", "6", "8", "10"]
    assert texts(drawn({"a": [(0, 0), (10, 10)]})) == upright + level


@pytest.mark.parametrize("missing", [None, math.nan, math.inf])
def test_a_missing_value_is_a_gap(missing):
    points = [(0, 0), (2, 10), (4, missing), (8, 0), (10, 10)]
    found = lines(drawn({"a": points}))
    assert found == ["M28 168L92.8 10M287.2 168L352 10"]


def test_a_point_between_gaps_is_a_dot():
    svg = drawn({"a": [(0, 0), (5, None), (10, 10)]})
    assert dots(svg) == [("28", "168"), ("352", "10")]
    assert lines(svg) == []


def test_each_point_of_few_is_a_dot():
    few = drawn({"a": [(x, x) for x in range(10)]})
    assert len(dots(few)) == 10 and len(lines(few)) == 1
    assert dots(drawn({"a": [(x, x) for x in range(11)]})) == []


def test_a_line_of_few_points_has_dots_beside_one_of_many():
    held_out = [(x, x) for x in range(0, 100, 10)]
    many = [(x, x) for x in range(100)]
    assert len(dots(drawn({"training": many, "held out": held_out}))) == 10


def test_a_single_point_is_in_the_middle():
    # texts "6.0" to "8.0": from 14 + 3 * 7 = 35 to 352
    assert dots(drawn({"a": [(3, 7.0)]})) == [("193.5", "89")]


def test_a_constant_line_is_level():
    assert lines(drawn({"a": [(0, 7), (1, 7)]})) == ["M35 89L352 89"]


# From 0.3 to 300 there are 3 decades on 158 pixels: 52.7 each; 1 is 0.523
# decades above 0.3. Tick texts of three letters make the plot begin at 35.
def test_equal_ratios_are_equally_far_apart_on_a_logarithmic_scale():
    svg = drawn({"a": [(0, 1), (5, 10), (10, 100)]}, log=True)
    assert lines(svg) == ["M35 140.5L193.5 87.8L352 35.1"]
    assert texts(svg)[:7] == ["0.3", "1", "3", "10", "30", "100", "300"]


def test_a_logarithmic_scale_is_not_used_for_zero():
    series = {"a": [(0, 0), (10, 10)]}
    assert lines(drawn(series, log=True)) == lines(drawn(series))


def test_all_values_may_be_missing():
    svg = drawn({"a": [(1, None), (2, None)], "b": []})
    assert lines(svg) == dots(svg) == []
    assert len(texts(svg)) > 3


def test_there_may_be_no_series():
    assert lines(drawn({}, with_legend=True)) == []


def test_epochs_are_whole_numbers():
    level = texts(drawn({"a": [(1, 0), (2, 10)]}))[3:]
    assert level == ["1", "2"]


@pytest.mark.parametrize(
    "low, high",
    [(1, 2), (1, 400), (0, 12345678), (0.001, 0.0021), (-5.5, 3), (1e9, 3e9)],
)
@pytest.mark.parametrize("width", [240, 360, 880])
def test_texts_below_the_axis_neither_touch_nor_stick_out(low, high, width):
    svg = drawn({"a": [(low, 0), (high, 1)]}, width=width)
    level = [
        (float(text.get("x")), len(text.text) * 6.5)
        for text in svg.iter(f"{SVG}text")
        if text.get("text-anchor") == "middle"
    ]
    assert level[0][0] - level[0][1] / 2 >= 0
    assert level[-1][0] + level[-1][1] / 2 <= width
    for (x, wide), (after, next_wide) in zip(level, level[1:], strict=False):
        assert after - x > (wide + next_wide) / 2


def test_series_differ_in_colour_and_dashes():
    series = {str(i): [(0, i), (1, i)] for i in range(12)}
    styles = {
        (path.get("stroke"), path.get("stroke-dasharray"))
        for path in drawn(series).iter(f"{SVG}path")
    }
    assert len(styles) == 12


def test_names_are_in_the_legend_and_escaped():
    svg = drawn({"<b>&": [(0, 0), (1, 1)]}, with_legend=True)
    assert texts(svg)[0] == "<b>&"


def test_the_title_is_read_aloud():
    svg = drawn({"a": [(0, 0)]})
    assert svg.get("aria-label") == svg.find(f"{SVG}title").text == "Title"


def test_a_mark_is_a_ring_with_the_value_at_its_point():
    series = {"a": [(0, 0), (5, 4), (10, 10)], "b": [(0, 1), (10, 1)]}
    svg = drawn(series, marks={"a": (5, 4)})
    # 4 of 10 above 168 on the way to 10; half way from 28 to 352
    (ring,) = (c for c in svg.iter(f"{SVG}circle") if c.get("r") == "5")
    assert (ring.get("cx"), ring.get("cy")) == ("190", "104.8")
    assert ring.get("fill") == "none"
    assert "4" in texts(svg)


def test_a_file_of_its_own_has_a_white_ground():
    (ground,) = drawn({"a": [(0, 0)]}, paper=True).iter(f"{SVG}rect")
    assert ground.get("fill") == "#fff"
    assert (ground.get("width"), ground.get("height")) == ("360", "210")
    assert not [*drawn({"a": [(0, 0)]}).iter(f"{SVG}rect")]
