import pytest

from keras_pix2pixhd.curves.held_out_name import held_out_name


@pytest.mark.parametrize(
    "name, title, unit",
    [
        ("l1", "Mean absolute difference", "grey levels"),
        ("psnr", "Peak signal-to-noise ratio", "dB"),
        (
            "segmentation_generated_mean_iou",
            "Overlap of the classes (mean IoU)",
            "",
        ),
        (
            "segmentation_real_pixel_accuracy",
            "Pixels read rightly, real images",
            "",
        ),
        ("segmentation_generated_class_iou_car", "Overlap (IoU): car", ""),
        ("class_color_error_car", "Colour error: car", "grey levels"),
        ("kid_net_224_n8_s9x4_mean", "Kernel distance (KID)", ""),
        ("kid_net_224_n8_s9x4_spread", "Kernel distance (KID), spread", ""),
        ("my_own", "my own", ""),
    ],
)
def test_columns_are_told_in_plain_language(name, title, unit):
    assert held_out_name(name)[:2] == (title, unit)


def test_the_network_is_told_before_how_to_read_it():
    reading = held_out_name("frechet_mobilenetv1_224_n8")[2]
    assert reading.startswith("mobilenetv1_224; 8 images of each kind. How far")
