import colorsys

import numpy as np
import pytest

from keras_pix2pixhd.data import Augmentation

tf = pytest.importorskip("tensorflow")

from keras_pix2pixhd.data.augmenting.augment_colors import jitter_colors  # noqa: E402


def jittered(pixels, count=30, **settings):
    image = tf.constant(np.array([pixels], "uint8"))
    augmentation = Augmentation(flip=False, **settings)
    for number in range(count):
        after = jitter_colors(image, [3, number], augmentation)
        assert after.dtype == "uint8"
        yield after.numpy()[0].astype(int)


def test_brightness_multiplies():
    factors = []
    for after in jittered([(100, 50, 0), (200, 20, 4)], brightness=0.25):
        factor = after[1, 0] / 200
        factors.append(factor)
        expected = [(100 * factor, 50 * factor, 0), after[1]]
        np.testing.assert_allclose(after, expected, atol=1)
    assert 0.75 <= min(factors) < 0.85
    assert 1.15 < max(factors) <= 1.25


def test_brightness_stops_at_white_and_black():
    values = {
        int(after[0, 0]) for after in jittered([(250,) * 3], brightness=3)
    }
    assert max(values) == 255
    # The factors are drawn from [0, 4], not from [-2, 4]: few are black.
    assert len(values) >= 4


def test_contrast_keeps_the_mean_grey():
    distances = []
    for after in jittered([(60,) * 3, (140,) * 3], contrast=0.5):
        assert np.abs(after.mean(axis=0) - 100).max() <= 1
        distances.append(after[1, 0] - after[0, 0])
    # 80 levels apart, times 0.5 to 1.5.
    assert 39 <= min(distances) < 60
    assert 100 < max(distances) <= 121


def test_saturation_keeps_the_grey_of_each_pixel():
    spreads = []
    for after in jittered([(90, 90, 90), (150, 100, 50)], saturation=0.5):
        assert after[0].tolist() == [90, 90, 90]
        # 0.299 * 150 + 0.587 * 100 + 0.114 * 50 = 109.25
        grey = after[1] @ [0.299, 0.587, 0.114]
        assert abs(grey - 109.25) <= 0.6
        spreads.append(after[1, 0] - after[1, 2])
    # 100 levels apart, times 0.5 to 1.5.
    assert 49 <= min(spreads) < 75
    assert 125 < max(spreads) <= 151


def test_hue_turns_the_color_circle():
    turns = []
    before = [(200, 40, 40), (40, 200, 120), (77, 77, 77)]
    for after in jittered(before, hue=0.1):
        assert after[2].tolist() == [77, 77, 77]
        turned = []
        for old, new in zip(before[:2], after[:2], strict=True):
            (h0, s0, v0), (h1, s1, v1) = (
                colorsys.rgb_to_hsv(*(np.array(p) / 255)) for p in (old, new)
            )
            assert abs(s0 - s1) < 0.01 and abs(v0 - v1) < 0.01
            turned.append((h1 - h0 + 0.5) % 1 - 0.5)
        assert abs(turned[0] - turned[1]) < 0.01
        turns.append(turned[0])
    assert -0.101 <= min(turns) < -0.05
    assert 0.05 < max(turns) <= 0.101


def test_nothing_to_change():
    image = tf.zeros((2, 2, 3), "uint8")
    assert jitter_colors(image, [0, 0], Augmentation()) is image
