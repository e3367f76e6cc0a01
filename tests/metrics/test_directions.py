import numpy as np
import pytest

from keras_pix2pixhd.metrics import MetricSuite
from keras_pix2pixhd.metrics.directions import direction


@pytest.mark.parametrize(
    "column",
    [
        "l1",
        "val_l1",
        "val_perceptual_vgg19_imagenet",
        "val_perceptual_loss",
        "val_class_color_error_car",
        "val_fid_inceptionv3_keras_299_n500",
        "frechet_mobilenetv1_224_n192_r808",
        "val_kid_mobilenetv1_224_n8_s100x4_mean",
        "loss",
        "val_loss",
    ],
)
def test_distances_and_losses_of_networks_that_stand_still_are_best_low(column):
    assert direction(column) == "min"


@pytest.mark.parametrize(
    "column",
    [
        "psnr",
        "val_ssim",
        "val_ms_ssim",
        "val_ms_ssim_4_scales",
        "val_precision_mobilenetv1_224_n8_k3",
        "val_recall_mobilenetv1_224_n8_k3",
        "val_segmentation_generated_mean_iou",
        "val_segmentation_generated_class_iou_car",
        "mean_iou",
    ],
)
def test_likeness_and_what_a_segmenter_reads_are_best_high(column):
    assert direction(column) == "max"


@pytest.mark.parametrize(
    "column",
    [
        "generator_loss",
        "val_generator_loss",
        "val_feature_matching_loss",
        "adversarial_loss",
        "val_adversarial_loss",
        "discriminator_loss",
        "val_discriminator_real_loss",
        "discriminator_fake_score",
        "val_segmentation_real_mean_iou",
        "val_kid_mobilenetv1_224_n8_s100x4_spread",
        "generator_gradient_norm",
        "images_per_second",
        "nearest_training_mobilenetv1_224_n8_t8_generated_mean",
        "l1_of_something_else",
        "epoch",
        "",
    ],
)
def test_what_is_neither_better_low_nor_high(column):
    assert direction(column) is None


def test_every_number_of_images_alone_has_a_direction():
    suite = MetricSuite(2, ["l1", "psnr", "ssim", "ms_ssim"])
    images = np.zeros((1, 24, 24, 3), "uint8")
    suite.update_state(None, images, images)
    names = [name for name in suite.result() if name != "images"]
    assert len(names) == 4
    assert None not in map(direction, names)
