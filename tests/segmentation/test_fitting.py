import math

import numpy as np
import pytest

from keras_pix2pixhd.data import CARVANA
from keras_pix2pixhd.models import Segmenter
from keras_pix2pixhd.segmentation.fitting import (
    fit_segmenter,
    pixel_weights,
)


def small():
    return Segmenter(CARVANA, filters=2, num_downsamplings=1)


def test_a_class_counts_as_the_root_of_its_pixels():
    label = np.array([[[0] * 9 + [2] * 4, [255] * 12 + [3]]], "uint8")
    weights = pixel_weights(label, 3)
    assert weights.dtype == "float32" and weights.shape == label.shape
    # 9 pixels of 1/3, 4 of 1/2; 255 and 3 are no classes
    assert weights[0, 0] == pytest.approx([1 / 3] * 9 + [1 / 2] * 4)
    assert not weights[0, 1].any()


def test_the_loss_is_the_weighted_mean_over_labelled_pixels():
    segmenter = small()
    scores = segmenter.get_layer("scores")
    scores.kernel.assign(np.zeros(scores.kernel.shape))
    scores.bias.assign([0.0, math.log(3)])  # 1/4 and 3/4 for every pixel
    label = np.array([[[0, 0, 0, 0], [1, 255, 255, 7]]], "uint8")
    batch = (np.zeros((1, 2, 4, 3), "uint8"), label)
    void = (batch[0], np.full_like(label, 255))
    steps = []
    fit_segmenter(
        segmenter, [batch, void, batch], 3, lambda *s: steps.append(s)
    )
    numbers, losses = zip(*steps, strict=True)
    assert numbers == (1, 2, 3)
    # classes of 4 pixels and of 1: they count 2 and 1
    expected = (2 * math.log(4) + math.log(4 / 3)) / 3
    assert losses[:2] == pytest.approx([expected, 0], rel=1e-5)
    assert 0 < losses[2] < expected  # its own, no mean with those before


def test_it_learns_to_tell_dark_from_bright(rng):
    def batches():
        while True:
            left = rng.integers(0, 2, (4, 1, 1), dtype="uint8")
            label = np.concatenate([left, 1 - left], axis=2)
            label = label.repeat(8, axis=1).repeat(8, axis=2)
            image = 60 + 120 * label[..., None].repeat(3, axis=-1)
            label[:, :2] = 255  # and never mind the void
            image[:, :2] = rng.integers(0, 256, image[:, :2].shape)
            yield image.astype("uint8"), label

    losses = []
    segmenter = Segmenter(CARVANA, filters=8, num_downsamplings=1)
    fit_segmenter(segmenter, batches(), 40, lambda _, loss: losses.append(loss))
    assert len(losses) == 40
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) * 0.7
    assert not segmenter.compiled  # it is saved without an optimizer
    image, label = next(batches())
    known = label < 2
    right = segmenter.predict_labels(image)[known] == label[known]
    assert right.mean() > 0.9


def test_a_training_that_diverges_ends():
    segmenter = small()
    kernel = segmenter.get_layer("scores").kernel
    kernel.assign(np.full(kernel.shape, np.nan))
    batch = (np.zeros((1, 4, 4, 3), "uint8"), np.zeros((1, 4, 4), "uint8"))
    with pytest.raises(ValueError, match="finite.*Received: nan in step 1"):
        fit_segmenter(segmenter, [batch], 1, print)


def test_of_void_only_nothing_is_learned():
    void = np.zeros((1, 2, 4, 3), "uint8"), np.full((1, 2, 4), 255, "uint8")
    with pytest.raises(ValueError, match="only void in all that was read, 2 "):
        fit_segmenter(small(), [void, void], 2, lambda *step: None)
