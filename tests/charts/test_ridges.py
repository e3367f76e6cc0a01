import xml.etree.ElementTree as ET

from keras_pix2pixhd.charts.ridges import ridges

SVG = "{http://www.w3.org/2000/svg}"


def drawn(values):
    return ET.fromstring(ridges(values, "Title"))


# A row is 54 high, the lower 30 of it the histogram.
def test_series_stand_below_each_other_on_one_scale():
    svg = drawn({"a": [0.0, 0.0], "b": [1.0]})
    first, second = (path.get("d") for path in svg.iter(f"{SVG}path"))
    assert " 54V24H" in first  # two images: the whole height
    assert second.startswith("M") and " 108V108H" in second
    assert "V93H" in second  # one image: half of it


def test_each_has_its_name_and_mean():
    svg = drawn({"a": [1, 2], "b": [4]})
    texts = [text.text for text in svg.iter(f"{SVG}text")]
    assert texts[-4:] == ["a", "1.50", "b", "4.00"]


def test_a_series_without_values_has_its_name_only():
    svg = drawn({"a": [1, 2], "b": [None]})
    assert len(list(svg.iter(f"{SVG}path"))) == 1
    assert [t.text for t in svg.iter(f"{SVG}text")][-1] == "b"
