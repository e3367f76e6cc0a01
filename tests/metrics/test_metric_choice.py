import pytest

from keras_pix2pixhd.metrics import METRICS
from keras_pix2pixhd.metrics.metric_choice import choose_metrics

ALL = dict.fromkeys(
    ("class_table", "perceptual_network", "segmenter", "feature_network"), 1
)


def test_all_that_the_arguments_allow():
    assert choose_metrics(None, ALL) == METRICS
    plain = ("l1", "psnr", "ssim", "ms_ssim")
    assert choose_metrics(None, {}) == plain
    found = choose_metrics(None, {"feature_network": 1, "segmenter": 1})
    assert found == (*plain, "frechet", "kid", "precision_recall")
    found = choose_metrics(None, {"class_table": 1, "segmenter": 1})
    assert found == (*plain, "class_color_error", "segmentation")


def test_any_order_of_names_and_one_name():
    assert choose_metrics(["kid", "l1", "kid"], ALL) == ("l1", "kid")
    assert choose_metrics("ssim", {}) == ("ssim",)


@pytest.mark.parametrize(
    "names, words",
    [
        (["l1", "frecht"], "no metric 'frecht'. Did you mean 'frechet'\\? The"),
        (["SSIM"], "There is no metric 'SSIM'.*The metrics are: l1, psnr, ssi"),
        ([3], "There is no metric 3. The metrics are"),
        (3, "metrics must be a list of names. Received: metrics=3. The met"),
        ([], "at least one metric. Received: none. The metrics are: l1"),
        (
            ["perceptual"],
            "'perceptual' needs the weights of a VGG19. Received: "
            r"perceptual_network=None. Give .*\(--perceptual WEIGHTS\), or lea",
        ),
        (
            ["kid"],
            "'kid' needs a feature network. Received: feature_network=None. "
            "Give .*--feature-network NETWORK",
        ),
        (["class_color_error"], "needs classes. Received: class_table=None"),
        (["segmentation"], "needs classes. Received: class_table=None"),
    ],
)
def test_bad_choices_are_refused(names, words):
    with pytest.raises(ValueError, match=words):
        choose_metrics(names, {})


def test_a_segmentation_without_a_segmenter_is_refused():
    words = "needs a segmenter. Received: segmenter=None. Give.*--segmenter F"
    with pytest.raises(ValueError, match=words):
        choose_metrics(["segmentation"], {"class_table": 2})
