import base64
import hashlib
import math
import re

import pytest

from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.report.page import page
from tests.evaluation.report.evaluations import evaluation, run
from tests.evaluation.report.parsed_page import parsed, words

NASTY = "<script>alert('1')</script>\"&amp; 日本 \udc80"
SHOWN = "<script>alert('1')</script>\"&amp; 日本 \\udc80"


def ids(tree):
    return [e.get("id") for e in tree.iter() if e.get("id")]


def sections(tree):
    return [element.get("id") for element in tree.iter("section")]


def nasty_evaluation():
    nasty = run(NASTY, classes=[NASTY, "b"], size=1, images=4)
    for row in nasty.rows:
        row["name"] = NASTY
    for example in nasty.examples:
        example.name = example.nearest_name = NASTY
    nasty.warnings = [NASTY]
    nasty.model["path"] = nasty.model["kind"] = NASTY
    nasty.metrics[NASTY] = 1.5
    nasty.history[0][NASTY] = 1.5
    content = evaluation([nasty, run("b", images=4)], split=NASTY)
    content.protocol["data"] |= {"folder": NASTY, "side": NASTY}
    content.protocol["created"] = NASTY
    content.protocol["ranked_by"] = NASTY
    return content


@pytest.fixture(
    scope="module",
    params=["one", "several", "bare", "one image", "nasty"],
)
def text(request):
    made = {
        "one": lambda: evaluation(),
        "several": lambda: evaluation([run(), run("b", 30), run("c", 40)]),
        "bare": lambda: Evaluation({}, [RunEvaluation("bare", {}, {})]),
        "one image": lambda: evaluation([run(images=1, epochs=1)]),
        "nasty": nasty_evaluation,
    }
    return page(made[request.param]())


@pytest.fixture
def tree(text):
    return parsed(text)


def test_ids_are_unique_and_links_lead_to_them(tree):
    assert len(ids(tree)) == len({*ids(tree)})
    assert {link.get("href") for link in tree.iter("a")} <= {
        f"#{name}" for name in ids(tree)
    }
    links = [link.get("href") for link in tree.find(".//nav")]
    assert links == [f"#{name}" for name in sections(tree)]
    for element in tree.iter():
        labelled = element.get("aria-labelledby")
        assert labelled is None or labelled in ids(tree)


def test_nothing_comes_from_elsewhere(text, tree):
    for element in tree.iter():
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            value = element.get(name, "#")
            assert value.startswith(("data:", "#")), (element.tag, value)
    assert "url(" not in text and "@import" not in text
    codes = r"http://www\.w3\.org/2000/svg|(base64,|sha256-)[\w+/=]+"
    assert "//" not in re.sub(codes, "", text)


def test_only_the_style_and_script_of_the_page_are_allowed(tree):
    (script,) = tree.iter("script")
    (style,) = tree.iter("style")
    (policy,) = (
        meta.get("content")
        for meta in tree.iter("meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    for kind, element in (("script", script), ("style", style)):
        digest = hashlib.sha256(element.text.encode()).digest()
        code = base64.b64encode(digest).decode()
        assert f"{kind}-src 'sha256-{code}'" in policy
    assert not any(element.get("style") for element in tree.iter())
    assert not any(
        name.startswith("on") for e in tree.iter() for name in e.keys()
    )


def test_images_and_charts_are_read_aloud(tree):
    assert all(image.get("alt") for image in tree.iter("img"))
    for chart in tree.iter("svg"):
        assert chart.get("aria-label") or chart.get("aria-hidden") == "true"


def test_tables_name_their_rows_and_columns(tree):
    for table in tree.iter("table"):
        assert words(table.find("caption"))
        assert {th.get("scope") for th in table.iter("th")} <= {
            "row",
            "col",
            "colgroup",
        }
        widths = [
            sum(int(cell.get("colspan", 1)) for cell in row)
            for row in table.iter("tr")
        ]
        assert len({*widths}) == 1


def test_sections_are_those_that_there_is_something_for():
    assert sections(parsed(page(evaluation()))) == [
        "summary",
        "examples",
        "classes",
        "distributions",
        "training",
        "diversity",
        "protocol",
    ]
    bare = Evaluation({}, [RunEvaluation("bare", {}, {})])
    assert sections(parsed(page(bare))) == ["summary", "protocol"]


def test_the_menu_says_what_the_headings_say():
    tree = parsed(page(evaluation()))
    for link in tree.find(".//nav"):
        heading = tree.find(f".//*[@id='{link.get('href')[1:]}-title']")
        assert words(heading).startswith(words(link))


def test_what_comes_from_data_is_text():
    tree = parsed(page(nasty_evaluation()))
    assert len([*tree.iter("script")]) == 1
    assert len([*tree.iter("b")]) == 0
    found = [e for e in tree.iter() if e.text and e.text.startswith(SHOWN)]
    places = {element.tag for element in found}
    assert places >= {"bdi", "time", "dd"}
    alts = [image.get("alt") for image in tree.iter("img")]
    assert f"Generated image of {SHOWN}" in alts


def test_title_date_and_facts_are_at_the_top():
    tree = parsed(page(evaluation()))
    assert tree.find(".//title").text == "Evaluation of 0001-toy"
    assert words(tree.find(".//h1")) == "Evaluation of 0001-toy"
    assert [words(fact) for fact in tree.find(".//header/ul")] == [
        "25 November 2025, 13:23 UTC",
        "24 held-out pairs",
        "64 × 96 pixels, height × width",
        "data/toy-cars",
    ]


def test_a_comparison_says_so():
    tree = parsed(page(evaluation([run("a"), run("b")])))
    assert tree.find(".//title").text == "Comparison of 2 runs"


def test_each_warning_is_there_once_with_its_runs():
    first, second, third = run("a"), run("b"), run("c")
    first.warnings, second.warnings = ["x", "y"], ["y", "z"]
    third.warnings = ["z", "y"]
    tree = parsed(page(evaluation([first, second, third])))
    (box,) = tree.iter("aside")
    assert [words(li) for li in box.iter("li")] == ["a: x", "y", "b, c: z"]


def test_without_warnings_there_is_no_box():
    calm = run()
    calm.warnings = []
    assert not [*parsed(page(evaluation([calm]))).iter("aside")]


def test_missing_numbers_are_a_dash():
    gone = run(images=4)
    for row in gone.rows:
        row["l1"], row["psnr"] = math.nan, None
    gone.metrics["l1"] = None
    gone.metrics["class_color_error"]["sky"] = None
    text = page(evaluation([gone]))
    assert "nan" not in re.sub(r"base64,[\w+/=]+", "", text).lower()
    cells = [words(cell) for cell in parsed(text).iter("td")]
    assert cells.count("–") == 2


def test_the_json_can_be_copied():
    content = evaluation()
    (json,) = parsed(page(content)).iter("pre")
    assert json.text == content.to_json()


def test_the_protocol_is_whole():
    tree = parsed(page(evaluation()))
    protocol = words(tree.find(".//section[@id='protocol']"))
    for value in ("cd" * 32, "ab" * 32, "whole cars, seed 0", "3.15.1"):
        assert value in protocol
