import keras
import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.metrics import segment
from keras_pix2pixhd.metrics.segmenting import describe_segmenter
from keras_pix2pixhd.models.segmenter import Segmenter

TABLE = ClassTable(["sky", "road"], [0, 1], [(0, 0, 1), (0, 0, 2)])


class OfTable:
    """Stands for our Segmenter: classes, and uint8 in."""

    name = "mine"

    def __init__(self, *names):
        colors = [(0, 0, i) for i in range(len(names))]
        self.class_table = ClassTable(names, range(len(names)), colors)

    def predict_labels(self, images):
        assert images.dtype == np.uint8
        return (images[..., 0] > 100).astype("int32")


def pixels(*levels):
    """One image, one row."""
    return np.array(levels, "uint8")[None, None, :, None].repeat(3, -1)


def test_a_segmenter_of_ours():
    seen = segment(OfTable("sky", "road"), pixels(100, 101), TABLE)
    assert seen.dtype == np.int32
    assert seen.tolist() == [[[0, 1]]]
    assert segment(OfTable("a", "b"), pixels(7), 2).tolist() == [[[0]]]


def test_the_small_segmenter_answers_in_classes():
    segmenter = Segmenter(TABLE, filters=2, num_downsamplings=1)
    seen = segment(segmenter, pixels(0, 9, 255), TABLE)
    assert seen.shape == (1, 1, 3)
    assert describe_segmenter(segmenter)["classes"] == ["sky", "road"]
    words = "the 3 classes of the data. Received: a segmenter of 2 classes"
    with pytest.raises(ValueError, match=words):
        segment(segmenter, pixels(0), 3)


def test_a_function_sees_what_networks_see_and_the_largest_score_counts():
    def scores(images):
        assert images.dtype == np.float32
        assert images[0, 0, :, 0].tolist() == [-1.0, 1.0]
        return np.stack([images[..., 0], -images[..., 1]], -1)

    assert segment(scores, pixels(0, 255), TABLE).tolist() == [[[1, 0]]]


def test_a_model_of_keras_is_not_in_training():
    inputs = keras.Input((None, None, 3))
    x = keras.layers.Dropout(0.99, seed=1)(inputs)
    x = keras.layers.Conv2D(2, 1)(x)
    model = keras.Model(inputs, x)
    model.set_weights([np.array([[[[-1, 1], [0, 0], [0, 0]]]]), np.zeros(2)])
    seen = segment(model, pixels(*range(0, 256, 5)), TABLE)
    assert seen.ravel().tolist() == [0] * 26 + [1] * 26


def test_the_description_is_a_name_and_the_classes():
    found = describe_segmenter(OfTable("sky", "road"))
    classes = ["sky", "road"]
    assert found == {"name": "mine", "classes": classes, "model_sha256": None}
    found = describe_segmenter(pixels)
    assert found == {"name": "pixels", "classes": None, "model_sha256": None}


def test_models_are_told_apart_by_their_weights():
    one, same, other = (keras.Sequential() for _ in range(3))
    for model, bias in ((one, 0.0), (same, 0.0), (other, 1.0)):
        model.add(keras.Input((None, None, 3)))
        model.add(keras.layers.Conv2D(2, 1))
        model.set_weights([np.ones((1, 1, 3, 2)), np.array([0.0, bias])])
    hashes = [describe_segmenter(m)["model_sha256"] for m in (one, same, other)]
    assert hashes[0] == hashes[1] != hashes[2]
    assert len(hashes[0]) == 64


def test_a_model_sees_some_images_at_a_time(monkeypatch):
    seen = []

    class Seeing(keras.Model):
        def call(self, images):
            seen.append(len(images))
            return images[..., :2] * keras.ops.array([1.0, -1.0])

    path = "keras_pix2pixhd.metrics.segmenting._PIXELS_AT_ONCE"
    monkeypatch.setattr(path, 4)
    images = pixels(0, 255).repeat(5, 0)
    found = segment(Seeing(), images, 2)
    assert seen == [2, 2, 1]
    assert found.tolist() == [[[1, 0]]] * 5


def test_no_image_has_no_class():
    segmenter = Segmenter(TABLE, filters=2, num_downsamplings=1)
    assert segment(segmenter, pixels(1, 2)[:0], TABLE).shape == (0, 1, 2)


@pytest.mark.parametrize(
    "segmenter, words",
    [
        (
            OfTable("sky", "road", "car"),
            "the 2 classes of the data. Received: a segmenter of 3 classes. Tr",
        ),
        (
            OfTable("road", "sky"),
            "their order. Received: a segmenter whose class 0 is 'road', where "
            "the data has 'sky'. Train one .*train-segmenter",
        ),
        (
            lambda images: np.zeros((1, 1, 2, 3)),
            "a score to each of the 2 classes of the data. Received: 3 scores",
        ),
        (
            lambda images: np.zeros((1, 2, 2, 2)),
            r"\(batch, height, width, 2\) scores or .* in the size of the "
            r"images, \(1, 1, 2\). Received: shape \(1, 2, 2, 2\)",
        ),
        (lambda images: np.zeros(2), r"Received: shape \(2,\)"),
        (
            lambda images: np.full((1, 1, 2, 2), np.nan),
            "scores must be finite numbers. Received: NaN",
        ),
        (
            lambda images: np.full((1, 1, 2, 2), np.inf),
            "scores must be finite numbers. Received: NaN or infinity",
        ),
        (
            lambda images: np.zeros((1, 1, 2, 2), "complex64"),
            "scores must be numbers. Received: complex64",
        ),
        (lambda images: np.zeros((1, 1, 2)), "be integers. Received: float64"),
        (
            lambda images: np.full((1, 1, 2), 2**32),
            r"in \[0, 1\], the 2 classes .* 4294967296 to 4294967296",
        ),
    ],
)
def test_a_segmenter_that_does_not_fit_is_refused(segmenter, words):
    with pytest.raises(ValueError, match=words):
        segment(segmenter, pixels(0, 255), TABLE)
