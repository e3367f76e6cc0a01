from keras_pix2pixhd.charts.markup import Markup, element, joined


def test_text_is_escaped_and_markup_is_not():
    made = element("p", "<b> & ", Markup("<i>x</i>"))
    assert made == "<p>&lt;b&gt; &amp; <i>x</i></p>"


def test_attributes_are_quoted():
    made = element("a", title="\"><script>'")
    assert made == '<a title="&quot;&gt;&lt;script&gt;&#x27;"></a>'


def test_attributes_that_are_false_or_none_are_left_out():
    made = element("button", hidden=True, disabled=False, title=None)
    assert made == "<button hidden></button>"


def test_zero_is_a_value():
    assert element("rect", x=0) == '<rect x="0"></rect>'


def test_elements_without_content_are_not_closed():
    assert element("img", alt="") == '<img alt="">'


def test_a_joined_list_of_markup_is_markup():
    made = element("p", joined([element("b", "x"), "<"]))
    assert made == "<p><b>x</b>&lt;</p>"


def test_letters_that_no_page_can_hold_are_shown_as_python_writes_them():
    made = element("p", "a\udc80b\x00c\x1b")
    assert made == r"<p>a\udc80b\x00c\x1b</p>"
    made.encode("utf-8")
