import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.metrics import ClassColorError

TABLE = ClassTable(
    ["sky", "road", "never"], [0, 1, 2], [(0, 0, 1), (0, 0, 2), (0, 0, 3)]
)


def test_worked_by_hand():
    error = ClassColorError(TABLE)
    label = np.array([[[0, 0, 1, 255]], [[0, 0, 0, 255]]], "uint8")
    real = np.zeros((2, 1, 4, 3), "uint8")
    generated = real.copy()
    # image 1: sky is (10, 0, 0) and (20, 30, 0): means 15, 15, 0: error 10
    generated[0, 0, 0] = (10, 0, 0)
    generated[0, 0, 1] = (20, 30, 0)
    # its road is (6, 6, 6): error 6
    generated[0, 0, 2] = (6, 6, 6)
    # void does not count
    generated[:, 0, 3] = 255
    # image 2: sky is off by 90 in blue in one pixel of three: 30 / 3 = 10
    # in red +3 and -3 cancel out
    real[1, 0, :, 0] = 3
    generated[1, 0, :3] = [(0, 0, 90), (6, 0, 0), (3, 0, 0)]
    # so the sky is (10 + 10) / 2, and one image has a road
    error.update_state(label, generated, real)
    assert error.result() == pytest.approx({"sky": 10.0, "road": 6.0})


def test_each_image_has_the_same_weight_in_any_batch(rng):
    label = rng.integers(0, 2, (5, 4, 6)).astype("uint8")
    generated, real = rng.integers(0, 256, (2, 5, 4, 6, 3)).astype("uint8")
    whole, single = ClassColorError(3), ClassColorError(3)
    whole.update_state(label, generated, real)
    for i in range(5):
        one = slice(i, i + 1)
        single.update_state(label[one], generated[one], real[one])
    assert whole.result() == single.result()
    assert set(whole.result()) == {"0", "1"}


def test_reset_state():
    error = ClassColorError(1)
    zeros = np.zeros((1, 2, 2), "uint8")
    error.update_state(zeros, np.zeros((1, 2, 2, 3)), np.ones((1, 2, 2, 3)))
    error.reset_state()
    with pytest.raises(ValueError, match="at least one image. Received: none"):
        error.result()
    error.update_state(zeros + 9, np.ones((1, 2, 2, 3)), np.ones((1, 2, 2, 3)))
    assert error.result() == {}  # void only


@pytest.mark.parametrize(
    "label",
    [0.7, np.nan, True, "0", None],
    ids="float nan bool text no".split(),
)
def test_labels_are_integers(label):
    error, images = ClassColorError(1), np.ones((1, 2, 2, 3))
    with pytest.raises(ValueError, match="integer class indices, gen.*dtype="):
        error.update_state(np.full((1, 2, 2), label), images, images)


@pytest.mark.parametrize("value, words", [(np.nan, "finite"), (256, "0, 255")])
def test_images_are_checked(value, words):
    error, label = ClassColorError(1), np.zeros((2, 1, 1), "uint8")
    images = np.array([7.0, value])[:, None, None, None] * np.ones(3)
    with pytest.raises(ValueError, match=words):
        error.update_state(label, images, images)
    with pytest.raises(ValueError, match="at least one image"):
        error.result()  # nor has the first of them been counted


@pytest.mark.parametrize("classes", [0, True, 2.0, "carvana"])
def test_classes_are_a_table_or_a_number(classes):
    words = f"a number of classes of at least 1. Received: .*={classes!r}"
    with pytest.raises(ValueError, match=words):
        ClassColorError(classes)


def test_a_number_of_classes_of_numpy():
    assert ClassColorError(np.int64(2)).names == ("0", "1")


def test_workers_are_merged():
    label = np.array([[[0, 1]], [[0, 0]]])
    real = np.zeros((2, 1, 2, 3))
    generated = real + np.array([30.0, 60.0]).reshape(2, 1, 1, 1)
    one, other = ClassColorError(TABLE), ClassColorError(TABLE)
    one.update_state(label[:1], generated[:1], real[:1])
    other.update_state(label[1:], generated[1:], real[1:])
    one.merge_state([other])
    assert one.result() == {"sky": 45.0, "road": 30.0}
    with pytest.raises(ValueError, match="are of the same class and have the"):
        one.merge_state([ClassColorError(3)])


def test_shapes_must_fit():
    with pytest.raises(ValueError, match=r"label.shape=\(1, 2, 2, 3\)"):
        ClassColorError(1).update_state(*[np.zeros((1, 2, 2, 3))] * 3)
    with pytest.raises(ValueError, match=r"real.shape=\(1, 2, 3, 3\)"):
        ClassColorError(1).update_state(
            np.zeros((1, 2, 2), "uint8"),
            np.zeros((1, 2, 2, 3)),
            np.zeros((1, 2, 3, 3)),
        )
