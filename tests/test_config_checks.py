"""Settings that must fit each other."""

import pytest

from keras_pix2pixhd.config import RunConfig
from keras_pix2pixhd.config_checks import VALIDATION_METRICS, check_together
from keras_pix2pixhd.metrics.metric_choice import METRICS

COSINE = '{"class_name": "CosineDecay", "config": {"decay_steps": 10}}'


def check(**settings):
    check_together(RunConfig().replace(settings))


def refusal(**settings):
    with pytest.raises(ValueError) as error:
        check(**settings)
    return str(error.value)


def test_the_metrics_are_those_of_the_suite_that_a_run_can_compute():
    assert [*VALIDATION_METRICS] == [m for m in METRICS if m != "perceptual"]
    assert (
        "l1, psnr, ssim, ms_ssim, class_color_error, segmentation, "
        in (RunConfig.about()["validation_metrics"])
    )


def test_an_unknown_metric_is_named():
    words = refusal(validation_metrics="l1,sim", validation_every=0)
    assert words.startswith(
        "There is no metric of a validation 'sim'. Did you mean 'ssim'? The "
    )


@pytest.mark.parametrize(
    "metric, network",
    [
        ("segmentation", "validation_segmenter"),
        ("frechet", "validation_feature_network"),
        ("kid", "validation_feature_network"),
        ("precision_recall", "validation_feature_network"),
    ],
)
def test_a_metric_must_have_its_network(metric, network):
    words = refusal(validation_metrics=f"l1, {metric}")
    assert f"The metric {metric} of a validation must have its net" in words
    assert f"Received: validation_metrics=l1, {metric} and {network}=" in words
    check(validation_metrics=metric, **{network: "file.keras"})
    check(validation_metrics=metric, validation_every=0)


def test_two_ways_for_the_rates_are_refused():
    check(schedule=COSINE)
    words = refusal(schedule=COSINE, decay_epochs=2)
    assert "either schedule or decay_epochs. Received: both, decay_epo" in words
    assert words.endswith("--set decay_epochs=0")
    words = refusal(schedule=COSINE, coarse_epochs=1, coarse_decay_epochs=3)
    assert "either schedule or coarse_decay_epochs. Received: both" in words
    check(schedule=COSINE, coarse_decay_epochs=3)


@pytest.mark.parametrize(
    "text",
    [
        "cosine",
        "3",
        "{}",
        '{"class_name": "A"}',
        '{"class_name": ["A"], "config": {}}',
        '{"class_name": {}, "config": {}}',
        '{"class_name": null, "config": {}}',
        '{"class_name": "A", "config": [["decay_steps", 9]]}',
        '{"class_name": "A", "config": {}',
        "[" * 100000,
    ],
)
def test_what_is_no_json_of_a_schedule_is_refused(text):
    words = "schedule must be a Keras schedule as JSON"
    assert words in refusal(schedule=text)


@pytest.mark.parametrize(
    "settings", [{"steps": 4}, {"epochs": 2, "steps_per_epoch": 2}]
)
def test_a_run_without_an_update_is_refused(settings):
    words = refusal(accumulation_steps=5, **settings)
    assert "Received: accumulation_steps=5 for 4 steps in all. Set" in words
    check(accumulation_steps=4, **settings)


def test_how_many_steps_there_are_may_not_be_known_yet():
    check(accumulation_steps=500)
