from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.report.training_section import training_section
from tests.curves.histories import history
from tests.evaluation.report.parsed_page import parsed, words


def made(*histories):
    runs = [
        RunEvaluation(f"run {place}", {}, {}, history=history)
        for place, history in enumerate(histories)
    ]
    found = training_section(Evaluation({}, runs))
    return found and parsed(found)


def headings(tree, tag):
    return [words(heading) for heading in tree.iter(tag)]


def test_the_curves_of_a_run_stand_under_their_headings():
    tree = made(history(generator_loss=[3, 2, 1], val_l1=[9, 8, 7]))
    assert headings(tree, "h3") == ["Both networks", "Held-out images"]
    assert headings(tree, "h4") == [
        "Losses of both networks",
        "Mean absolute difference",
    ]


def test_several_runs_share_a_chart_for_each_loss():
    tree = made(history(a_loss=[3, 2, 1]), history(b_loss=[1, 1, 1]), [])
    assert headings(tree, "h4") == ["a loss", "b loss"]
    assert headings(tree, "li") == ["run 0", "run 1"]


def test_a_run_keeps_its_line_where_the_one_before_has_no_history():
    tree = made([], history(a_loss=[3, 2, 1]), history(a_loss=[1, 1, 1]))
    samples = [item.find(".//line").attrib for item in tree.iter("li")]
    chart = tree.find(".//figure//svg")
    lines = [path.attrib for path in chart.findall(".//g/path")]
    assert headings(tree, "li") == ["run 1", "run 2"]
    assert [sample.get("class") for sample in samples] == [
        line.get("class") for line in lines if line.get("fill") == "none"
    ]


def test_it_says_of_how_many_images_held_out_numbers_are():
    tree = made(history(generator_loss=[3, 2, 1], val_l1=[9, 8, 7]))
    assert "as many held-out images as the setting" in words(tree)
    tree = made(history(generator_loss=[3, 2, 1]))
    assert "validation_images" not in words(tree)


def test_without_history_there_is_no_section():
    assert made([]) is None
    assert made(history(loss=[None] * 3)) is None
