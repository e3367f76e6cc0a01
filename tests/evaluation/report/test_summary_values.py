import math

import pytest

from keras_pix2pixhd.evaluation import RunEvaluation
from keras_pix2pixhd.evaluation.report.summary_values import (
    mean,
    real_values,
    summary_values,
    training_values,
    value_text,
)

SEGMENTATION = {
    "generated": {"mean_iou": 0.5, "class_iou": {"car": 0.5}},
    "real": {"mean_iou": 0.9, "class_iou": {"car": 0.9}},
}


def run(**metrics):
    return RunEvaluation("a", {}, metrics)


def test_each_metric_has_one_value():
    one = run(
        images=3,
        l1=2.0,
        class_color_error={"sky": 1.0, "car": 3.0},
        segmentation=SEGMENTATION,
    )
    one.diversity = {"diversity_l1_s5": 4.0}
    assert summary_values(one) == {
        "l1": 2.0,
        "class_color_error": 2.0,
        "mean_iou": 0.5,
        "diversity_l1_s5": 4.0,
    }


def test_real_images_are_those_of_the_first_run_that_has_them():
    assert real_values([run(l1=1), run(segmentation=SEGMENTATION)]) == {
        "mean_iou": 0.9
    }
    assert real_values([run()]) == {}


def test_training_photographs_are_found_by_family():
    protocol = {
        "training": {
            "images": 808,
            "sha256": "ab",
            "frechet_net_8_n808_r192": 3.5,
        }
    }
    key = "frechet_net_8_n808_r192"
    assert training_values(protocol) == {"frechet_net_8": (key, 3.5)}
    assert training_values({"training": None}) == {}
    assert training_values({}) == {}


def test_means_leave_out_what_is_missing():
    assert mean({"a": 1.0, "b": None, "c": math.nan, "d": 2.0}) == 1.5
    assert mean({}) is mean(None) is None


@pytest.mark.parametrize(
    "middle, spread, text",
    [
        (0.0009, 0.0004, "0.00090 ±\xa00.00040"),
        (-0.0123, 0.00456, "−0.0123 ±\xa00.0046"),
        (12.0, 3.4, "12.0 ±\xa03.4"),
        (1234.5, 250.0, "1,234 ±\xa0250"),
        (0.5, 0.0, "0.5000"),
        (0.5, None, "0.5000"),
        (None, None, "–"),
        (3e9, 2e7, "3.000×10⁹ ±\xa02.0×10⁷"),
    ],
)
def test_a_spread_has_two_digits_and_the_mean_as_many_decimals(
    middle, spread, text
):
    assert value_text({"mean": middle, "spread": spread}) == text
