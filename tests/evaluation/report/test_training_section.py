from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.report.training_section import (
    points,
    training_section,
)
from tests.evaluation.report.parsed_page import parsed, words


def made(*histories):
    runs = [
        RunEvaluation(f"run {place}", {}, {}, history=history)
        for place, history in enumerate(histories)
    ]
    found = training_section(Evaluation({}, runs))
    return found and parsed(found)


def charts(tree):
    return [
        svg.get("aria-label")
        for svg in tree.iter("svg")
        if svg.get("role") == "img"
    ]


def history(steps=(10, 20, 30), **columns):
    rows = [{"epoch": e, "steps": s} for e, s in enumerate(steps, 1)]
    for name, values in columns.items():
        for row, value in zip(rows, values, strict=True):
            if value is not None:
                row[name] = value
    return rows


def test_losses_of_a_run_share_a_chart_for_each_width_of_page():
    tree = made(history(generator_loss=[3, 2, 1], other_loss=[1, 1, 1]))
    assert charts(tree) == ["Losses of run 0 by epoch"] * 2
    assert [div.get("class") for div in tree.find(".//figure")] == [
        "on-wide",
        "on-narrow",
    ]


def test_the_second_name_of_the_generator_loss_is_left_out():
    tree = made(history(generator_loss=[3, 2, 1], loss=[3, 2, 1]))
    names = [words(title) for title in tree.findall(".//g/title")]
    assert {*names} == {"generator_loss"}


def test_several_runs_share_a_chart_for_each_loss():
    tree = made(history(a_loss=[3, 2, 1]), history(b_loss=[1, 1, 1]), [])
    assert charts(tree) == ["a_loss by epoch", "b_loss by epoch"]
    legend = [words(item) for item in tree.iter("li")]
    assert legend == ["run 0", "run 1"]


def test_a_run_keeps_its_line_where_the_one_before_has_no_history():
    tree = made([], history(a_loss=[3, 2, 1]), history(a_loss=[1, 1, 1]))
    samples = [item.find(".//line").attrib for item in tree.iter("li")]
    lines = [path.attrib for path in tree.findall(".//g/path")]
    assert [words(item) for item in tree.iter("li")] == ["run 1", "run 2"]
    assert [sample.get("class") for sample in samples] == [
        line.get("class") for line in lines if line.get("fill") == "none"
    ]


def test_it_says_what_is_weighted_and_of_how_many_images_numbers_are():
    tree = made(history(generator_loss=[3, 2, 1], val_l1=[9, 8, 7]))
    assert "generator_loss is the sum" in words(tree)
    assert "as many held-out images as the setting" in words(tree)
    tree = made(history(a_loss=[3, 2, 1]))
    assert "generator_loss" not in words(tree)
    assert "held-out images" not in words(tree)


def test_held_out_numbers_have_charts_of_their_own():
    tree = made(history(a_loss=[3, 2, 1], val_l1=[9, None, 8]))
    assert charts(tree)[2:] == ["val_l1 by epoch"]
    assert [words(title) for title in tree.iter("h4")] == [
        "Mean absolute difference"
    ]


def test_epochs_without_a_held_out_number_are_no_gap():
    rows = history(val_l1=[9, None, 8], loss=[3, None, 1])
    assert points(rows, "val_l1", "epoch") == [(1, 9), (3, 8)]
    assert points(rows, "loss", "epoch") == [(1, 3), (2, None), (3, 1)]


def test_steps_stand_in_for_epochs_that_begin_again():
    rows = history(loss=[3, 2, 1])
    rows[2]["epoch"] = 1
    assert charts(made(rows))[0] == "Losses of run 0 by steps"


def test_rows_are_counted_where_steps_begin_again_too():
    rows = history(steps=(10, 20, 10), loss=[3, 2, 1])
    rows[2]["epoch"] = 1
    assert charts(made(rows))[0] == "Losses of run 0 by row"
    assert points(rows, "loss", "row") == [(1, 3), (2, 2), (3, 1)]


def test_losses_far_apart_are_drawn_logarithmically():
    assert "logarithmic" in words(made(history(loss=[100, 10, 1])))
    assert "logarithmic" not in words(made(history(loss=[10, 5, 1])))
    assert "logarithmic" not in words(made(history(loss=[100, 10, 0])))


def test_without_history_there_is_no_section():
    assert made([]) is None
    assert made(history(loss=[None] * 3)) is None
