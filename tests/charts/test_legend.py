import re

from keras_pix2pixhd.charts.legend import legend, shortened
from keras_pix2pixhd.charts.markup import joined


def places(names, width):
    text = joined(legend(names, width)[0])
    found = re.findall(r'<text [^>]*x="([\d.]+)" y="([\d.]+)"', text)
    return [(float(x), float(y)) for x, y in found]


def test_names_share_a_row_where_there_is_room():
    # a piece of line takes 28, five letters 35, the space between 14
    assert places(["alpha", "bravo"], 360) == [(30, 12), (107, 12)]


def test_names_go_to_the_next_row_where_there_is_none():
    assert places(["alpha", "bravo"], 120) == [(30, 12), (30, 32)]
    assert legend(["alpha", "bravo"], 120)[1] == 40


def test_no_names_take_no_height():
    assert legend([], 360) == ([], 0)


def test_long_names_lose_their_middle():
    assert shortened("abcdefghij", 5) == "ab…ij"
    assert shortened("abcde", 5) == "abcde"


def test_a_shortened_name_is_whole_as_its_title():
    text = joined(legend(["x" * 200], 360)[0])
    assert f"<title>{'x' * 200}</title>" in text
    assert f">{'x' * 200}</text>" not in text
