import math

from keras_pix2pixhd.evaluation import Evaluation, RunEvaluation
from keras_pix2pixhd.evaluation.report.distribution_section import (
    distribution_section,
    spread_text,
)
from tests.evaluation.report.parsed_page import parsed, words


def made(*columns):
    runs = [
        RunEvaluation(f"run {place}", {}, {}, rows=rows)
        for place, rows in enumerate(columns)
    ]
    found = distribution_section(Evaluation({}, runs))
    return found and parsed(found)


def column(**values):
    """Rows from lists of values."""
    return [
        {"name": "x"} | dict(zip(values, row, strict=True))
        for row in zip(*values.values(), strict=True)
    ]


def test_each_metric_has_a_chart_with_its_numbers():
    tree = made(column(l1=[1.0, 2.0, 6.0], ssim=[0.5, 0.5, 0.5]))
    assert [words(figure.find("h3")) for figure in tree.iter("figure")] == [
        "Mean absolute difference, lower is better",
        "Structural similarity, higher is better",
    ]
    assert [words(item) for item in tree.iter("li")] == [
        "mean over images 3.00, from 1.00 to 6.00",
        "mean over images 0.500, from 0.500 to 0.500",
    ]


def test_real_images_are_beside_the_overlap_of_the_generated():
    tree = made(column(mean_iou=[0.5, 0.6], mean_iou_real=[0.8, 0.9]))
    assert len([*tree.iter("figure")]) == 1
    (chart,) = (c for c in tree.iter("svg") if c.get("role") == "img")
    assert "real images: mean over images 0.850" in chart.get("aria-label")


def test_the_overlap_of_each_image_is_not_that_of_the_summary():
    tree = made(column(mean_iou=[0.5, 0.6], ssim=[0.8, 0.9]))
    assert [words(title) for title in tree.iter("h3")] == [
        "Overlap of the classes (mean IoU), of each image apart, "
        "higher is better",
        "Structural similarity, higher is better",
    ]


def test_up_to_three_runs_are_in_one_plot_and_more_below_each_other():
    def chart(count):
        tree = made(*[column(l1=[1.0, 2.0])] * count)
        return next(c for c in tree.iter("svg") if c.get("role") == "img")

    assert chart(3).get("height") == "210"
    assert chart(4).get("height") == "258"  # 4 * 54 + 42


def test_one_image_has_no_distribution():
    assert "There is one image" in words(made(column(l1=[1.0])))


def test_without_rows_there_is_no_section():
    assert made([]) is None


def test_missing_values_are_counted():
    values = [1.0, None, math.nan, 3.0]
    text = "mean over images 2.00, from 1.00 to 3.00; 2 of 4 without a value"
    assert spread_text(values) == text
    assert spread_text([None]) == "no values"
