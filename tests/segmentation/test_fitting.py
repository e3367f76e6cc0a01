import itertools
import math

import numpy as np
import pytest

from keras_pix2pixhd.data import CARVANA
from keras_pix2pixhd.models import Segmenter
from keras_pix2pixhd.segmentation.fitting import (
    fit_segmenter,
    labelled_crossentropy,
)


def small():
    return Segmenter(CARVANA, filters=2, num_downsamplings=1)


def test_the_loss_is_the_mean_over_labelled_pixels():
    label = np.array([[[0, 2, 255, 7]]], "uint8")
    scores = np.zeros((1, 1, 4, 3), "float32")
    scores[0, 0, 1] = [0, 0, math.log(2)]
    scores[0, 0, 2] = [0, 50, 0]
    # 1/3, then 2/4 for the true class; 255 and 7 are no classes
    expected = (math.log(3) + math.log(2)) / 2
    assert float(labelled_crossentropy(label, scores)) == pytest.approx(
        expected, rel=1e-6
    )


def test_the_loss_of_void_alone_is_zero():
    label = np.full((1, 2, 2), 255, "uint8")
    assert float(labelled_crossentropy(label, np.ones((1, 2, 2, 2)))) == 0


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


def test_each_step_is_reported_with_its_own_loss(monkeypatch):
    image = np.zeros((1, 4, 4, 3), "uint8")
    void, half = np.full((1, 4, 4), 255), np.zeros((1, 4, 4), "int32")
    found = []
    batches = itertools.cycle([(image, half), (image, void)])
    fit_segmenter(small(), batches, 4, lambda *step: found.append(step))
    assert [number for number, _ in found] == [1, 2, 3, 4]
    assert found[1][1] == found[3][1] == 0 and found[2][1] > 0


def test_a_training_that_diverges_ends():
    segmenter = small()
    kernel = segmenter.get_layer("scores").kernel
    kernel.assign(np.full(kernel.shape, np.nan))
    batch = (np.zeros((1, 4, 4, 3), "uint8"), np.zeros((1, 4, 4), "uint8"))
    with pytest.raises(ValueError, match="finite.*Received: nan in step 1"):
        fit_segmenter(segmenter, [batch], 1, print)
