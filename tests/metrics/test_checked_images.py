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
@pytest.mark.parametrize("side", [0, 1])
def test_floats_from_0_to_1_are_refused(metric, side):
    pair = [zeros(1, 4, 4) + 7, zeros(1, 4, 4) + 9]
    pair[side] = np.linspace(0, 1, 48, dtype="float32").reshape(1, 4, 4, 3)
    words = r"Received: floats in \[0, 1\], which look like.*: images \* 255"
    with pytest.raises(ValueError, match=words):
        metric(*pair)
    # so dark are photographs, and one level may be any
    pair[side] = np.arange(48).reshape(1, 4, 4, 3) % 2
    assert np.isfinite(metric(*pair)).all()
    pair[side] = zeros(1, 4, 4) + 1
    assert np.isfinite(metric(*pair)).all()


@pytest.mark.parametrize("dtype", [bool, "complex64", "U3", object])
def test_what_are_no_numbers_is_refused(dtype):
    images = zeros(1, 4, 4).astype(dtype)
    with pytest.raises(ValueError, match="uint8 or floats in .*: dtype="):
        l1(images, images)


def test_half_a_level_outside_is_outside():
    with pytest.raises(ValueError, match=r"Received: values in \[-0.4, 0\]"):
        l1(zeros(1, 4, 4) - [0, 0, 0.4], zeros(1, 4, 4))
    with pytest.raises(ValueError, match=r"Received: values in \[0, 255.4\]"):
        l1(zeros(1, 4, 4) + [0, 0, 255.4], zeros(1, 4, 4))


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
    levels = np.array([0.49, 0.5, 2.5, 254.4, 254.6])
    # a half goes up, not to the even neighbour
    assert to_pixels(levels).tolist() == [0, 1, 3, 254, 255]
    pixels = np.array([3, 9], "uint8")
    assert to_pixels(pixels) is pixels
