import numpy as np
import pytest

from keras_pix2pixhd.metrics import l1, ms_ssim, psnr, ssim
from keras_pix2pixhd.metrics.checked_images import to_pixels

METRICS = [l1, psnr, ssim, ms_ssim]


def zeros(*shape):
    return np.zeros((*shape, 3))


@pytest.mark.parametrize("metric", METRICS)
def test_different_numbers_of_generated_and_real_images_are_refused(metric):
    words = (
        r"as many generated as real images. Received: 2 generated and 3 real "
        r"ones, generated.shape=\(2, 4, 4, 3\), real.shape=\(3, 4, 4, 3\)"
    )
    with pytest.raises(ValueError, match=words):
        metric(zeros(2, 4, 4), zeros(3, 4, 4))


@pytest.mark.parametrize("metric", METRICS)
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_is_refused(metric, bad):
    images = zeros(3, 4, 4)
    images[1, 2, 2, 0] = bad
    words = "{} must be finite.*NaN or infinity in the image at index 1 .*model"
    with pytest.raises(ValueError, match=words.format("generated")):
        metric(images, zeros(3, 4, 4))
    with pytest.raises(ValueError, match=words.format("real")):
        metric(zeros(3, 4, 4), images)


@pytest.mark.parametrize("metric", METRICS)
def test_images_in_another_range_are_refused(metric):
    networks = np.linspace(-1, 1, 48).reshape(1, 4, 4, 3)
    words = r"in \[0, 255\]. Received: values in \[-1, 1\]. From.*to_uint8"
    with pytest.raises(ValueError, match="real must be " + words):
        metric(zeros(1, 4, 4), networks)
    with pytest.raises(ValueError, match=r"values in \[0, 256\]"):
        metric(zeros(1, 4, 4), zeros(1, 4, 4) + [0, 0, 256])


@pytest.mark.parametrize("metric", METRICS)
def test_one_image_and_constant_images_have_numbers(metric):
    value = metric(zeros(1, 12, 12) + 255, zeros(1, 12, 12))
    assert value.shape == (1,) and value.dtype == np.float64
    # black and white: as far apart as can be
    luminance = 6.5025 / (255**2 + 6.5025)
    expected = {l1: 255, psnr: 0, ssim: luminance, ms_ssim: luminance**1.0001}
    assert value[0] == pytest.approx(expected[metric])


def test_no_image_has_no_number():
    for metric in METRICS:
        assert metric(zeros(0, 12, 12), zeros(0, 12, 12)).shape == (0,)


def test_floats_become_pixels_by_rounding():
    levels = np.array([-0.4, 0.49, 0.5, 254.6, 255.4])
    assert to_pixels(levels).tolist() == [0, 0, 1, 255, 255]
    pixels = np.array([3, 9], "uint8")
    assert to_pixels(pixels) is pixels
