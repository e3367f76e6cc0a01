import numpy as np
import pytest

from keras_pix2pixhd.metrics import ms_ssim, ms_ssim_key, ssim


def images(rng, height, width, count=2):
    """Smooth images and noise on them."""
    y, x = np.mgrid[:height, :width]
    waves = np.stack([np.sin(x / 9), np.cos(y / 7), np.sin((x + y) / 30)], -1)
    real = np.repeat((127 + 100 * waves)[None], count, 0)
    noise = rng.normal(0, 25, real.shape)
    pixels = (np.clip(a, 0, 255).astype("uint8") for a in (real + noise, real))
    return tuple(pixels)


@pytest.mark.parametrize(
    "height, width", [(176, 176), (161, 180), (177, 203), (192, 161)]
)
def test_equals_that_of_tensorflow(rng, height, width):
    tf = pytest.importorskip("tensorflow")
    generated, real = images(rng, height, width)
    expected = tf.image.ssim_multiscale(generated, real, 255).numpy()
    # float32 there
    np.testing.assert_allclose(ms_ssim(generated, real), expected, atol=2e-5)
    assert ms_ssim_key(height, width) == "ms_ssim"


def test_fewer_scales_equal_those_of_tensorflow(rng):
    tf = pytest.importorskip("tensorflow")
    generated, real = images(rng, 50, 61)
    # 50, 25, 13, 7: three hold the window
    powers = np.array([0.0448, 0.2856, 0.3001])
    powers *= (0.0448 + 0.2856 + 0.3001 + 0.2363 + 0.1333) / powers.sum()
    expected = tf.image.ssim_multiscale(generated, real, 255, powers).numpy()
    np.testing.assert_allclose(ms_ssim(generated, real), expected, atol=2e-5)
    assert ms_ssim_key(50, 61) == "ms_ssim_3_scales"


def test_flat_images_differ_in_luminance_at_the_coarsest_scale_only():
    flat = np.full((1, 176, 176, 3), 100), np.full((1, 176, 176, 3), 200)
    luminance = (2 * 100 * 200 + 6.5025) / (100**2 + 200**2 + 6.5025)
    np.testing.assert_allclose(ms_ssim(*flat), luminance**0.1333)


def test_a_single_scale_is_ssim_to_the_power_of_all_weights(rng):
    generated, real = (a[..., :1] for a in images(rng, 20, 40))
    total = 0.0448 + 0.2856 + 0.3001 + 0.2363 + 0.1333
    expected = ssim(generated, real) ** total
    np.testing.assert_allclose(ms_ssim(generated, real), expected)


def test_an_opposite_structure_counts_as_nothing():
    x = np.arange(32) % 2 * 255
    stripes = np.broadcast_to(x[None, None, :, None], (1, 16, 32, 3))
    assert ssim(stripes, 255 - stripes)[0] < -0.9
    assert ms_ssim(stripes, 255 - stripes).tolist() == [0.0]


@pytest.mark.parametrize(
    "size, key",
    [
        ((161, 999), "ms_ssim"),
        ((160, 999), "ms_ssim_4_scales"),
        ((999, 81), "ms_ssim_4_scales"),
        ((999, 80), "ms_ssim_3_scales"),
        ((41, 41), "ms_ssim_3_scales"),
        ((40, 40), "ms_ssim_2_scales"),
        ((20, 20), "ms_ssim_1_scale"),
        ((1, 1), "ms_ssim_1_scale"),
    ],
)
def test_the_key_tells_the_number_of_scales(size, key):
    assert ms_ssim_key(*size) == key


def test_images_as_small_as_a_pixel_can_be_compared():
    black = np.zeros((1, 1, 1, 3))
    np.testing.assert_allclose(ms_ssim(black, black), [1.0])


def test_shapes_must_agree():
    with pytest.raises(ValueError, match=r"same shape.*real.shape=\(1, 3, 2"):
        ms_ssim(np.zeros((1, 2, 2, 3)), np.zeros((1, 3, 2, 3)))
