import pytest

from keras_pix2pixhd.metrics.metric_name import MetricName
from keras_pix2pixhd.metrics.readings import READINGS, SHORT


@pytest.mark.parametrize(
    "key, name, detail, better",
    [
        ("l1", "Mean absolute difference", "", "lower"),
        ("ssim", "Structural similarity", "", "higher"),
        (
            "ms_ssim_4_scales",
            "Multi-scale structural similarity",
            "4 of five scales",
            "higher",
        ),
        (
            "ms_ssim_1_scale",
            "Multi-scale structural similarity",
            "1 of five scales",
            "higher",
        ),
        (
            "perceptual_vgg19_imagenet",
            "Perceptual distance",
            "vgg19 imagenet",
            "lower",
        ),
        (
            "fid_inceptionv3_keras_299_n500",
            "Fréchet distance (FID)",
            "inceptionv3_keras_299; 500 images of each kind",
            "lower",
        ),
        (
            "frechet_mobilenetv1_224x320_n192_r808",
            "Fréchet distance",
            "mobilenetv1_224x320; 192 generated, 808 real images",
            "lower",
        ),
        (
            "kid_mobilenetv1_224_n192_s100x96",
            "Kernel distance (KID)",
            "mobilenetv1_224; 192 images of each kind; 100 subsets of 96",
            "lower",
        ),
        (
            "recall_mobilenetv1_224_n192_k3",
            "Recall: variety",
            "mobilenetv1_224; 192 images of each kind; 3 neighbours",
            "higher",
        ),
        (
            "nearest_training_mobilenetv1_224_n192_t808",
            "Distance to the nearest training photograph",
            "mobilenetv1_224; 808 training photographs",
            None,
        ),
        (
            "diversity_l1_s5",
            "Diversity",
            "5 styles, mean absolute difference",
            None,
        ),
        (
            "diversity_perceptual_vgg19_imagenet_s5",
            "Diversity",
            "5 styles, perceptual distance",
            None,
        ),
        ("my_own_metric", "my own metric", "", None),
    ],
)
def test_keys_are_told_in_plain_language(key, name, detail, better):
    metric = MetricName.of(key)
    assert (metric.name, metric.detail, metric.better) == (name, detail, better)


def test_a_family_is_one_network_and_measure():
    family = MetricName.of("frechet_mobilenetv1_224_n192").family
    assert MetricName.of("frechet_mobilenetv1_224_n808_r192").family == family
    assert MetricName.of("frechet_mobilenetv1_299_n192").family != family
    assert MetricName.of("kid_mobilenetv1_224_n192_s9x9").family != family


def test_a_network_may_have_any_name():
    metric = MetricName.of("frechet_my_n5_net_1a2b3c4d_64_n10")
    assert metric.family == "frechet_my_n5_net_1a2b3c4d_64"


def test_diversity_in_grey_levels_says_so():
    assert MetricName.of("diversity_l1_s5").unit == "grey levels"


def test_every_reading_is_one_sentence():
    for name, _, reading in READINGS.values():
        assert name
        assert reading.endswith(".") and reading.count(". ") == 0


def test_short_names_are_of_metrics():
    assert SHORT.keys() <= READINGS.keys()
