import keras
import numpy as np
import pytest

from keras_pix2pixhd.metrics import l1, psnr, ssim


def slow_ssim(x, y, size):
    """Wang et al.'s formula, pixel by pixel, for one channel."""
    places = np.arange(size) - (size - 1) / 2
    window = np.exp(-(places[:, None] ** 2 + places**2) / (2 * 1.5**2))
    window /= window.sum()
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    values = []
    for top in range(x.shape[0] - size + 1):
        for left in range(x.shape[1] - size + 1):
            a = x[top : top + size, left : left + size].astype("float64")
            b = y[top : top + size, left : left + size].astype("float64")
            mean_a, mean_b = (window * a).sum(), (window * b).sum()
            var_a = (window * (a - mean_a) ** 2).sum()
            var_b = (window * (b - mean_b) ** 2).sum()
            cov = (window * (a - mean_a) * (b - mean_b)).sum()
            values.append(
                (2 * mean_a * mean_b + c1)
                * (2 * cov + c2)
                / ((mean_a**2 + mean_b**2 + c1) * (var_a + var_b + c2))
            )
    return np.mean(values)


def images(rng, height, width, count=2):
    shape = (count, height, width, 3)
    real = rng.integers(0, 256, shape).astype("uint8")
    noise = rng.integers(-40, 41, shape)
    return np.clip(real + noise, 0, 255).astype("uint8"), real


def test_l1_is_per_image_and_does_not_wrap_around():
    black = np.zeros((2, 2, 2, 3), "uint8")
    other = black.copy()
    other[0] = 10
    other[1, 0, 0, 0] = 240
    assert l1(black, other).tolist() == [10.0, 20.0]
    assert l1(other, black).tolist() == [10.0, 20.0]


def test_psnr_of_worked_values():
    black = np.zeros((3, 4, 4, 3), "uint8")
    other = black.copy()
    other[0] = 255  # MSE 255^2: 0 dB
    other[1, 0, 0, 0] = 48  # MSE 48^2 / 48 = 48
    result = psnr(other, black)
    np.testing.assert_allclose(result[:2], [0.0, 31.31845], atol=1e-4)
    assert result[2] == np.inf


@pytest.mark.parametrize(
    "height, width, window",
    [(13, 12, 11), (11, 11, 11), (10, 14, 9), (3, 4, 3), (1, 5, 1)],
)
def test_ssim_is_the_published_formula(rng, height, width, window):
    generated, real = images(rng, height, width)
    expected = [
        np.mean([slow_ssim(x[..., c], y[..., c], window) for c in range(3)])
        for x, y in zip(generated, real, strict=True)
    ]
    np.testing.assert_allclose(ssim(generated, real), expected, atol=1e-9)


def test_ssim_equals_that_of_keras(rng):
    generated, real = (x.astype("float32") for x in images(rng, 20, 31))
    expected = keras.ops.image.ssim(generated, real, max_val=255.0)
    np.testing.assert_allclose(
        ssim(generated, real), keras.ops.convert_to_numpy(expected), atol=1e-5
    )


def test_ssim_of_flat_images_is_their_luminance_term():
    # constant 100 and 200: (2 * 100 * 200 + c1) / (100^2 + 200^2 + c1)
    flat = np.full((1, 16, 16, 3), 100), np.full((1, 16, 16, 3), 200)
    np.testing.assert_allclose(ssim(*flat), [40006.5025 / 50006.5025])


@pytest.mark.parametrize("metric", [l1, psnr, ssim])
def test_shapes_must_agree(metric):
    with pytest.raises(ValueError, match=r"same shape.*real.shape=\(1, 3, 2"):
        metric(np.zeros((1, 2, 2, 3)), np.zeros((1, 3, 2, 3)))
    with pytest.raises(ValueError, match=r"\(batch, height, width, channels"):
        metric(np.zeros((2, 2, 3)), np.zeros((2, 2, 3)))
