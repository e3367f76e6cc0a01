import pickle

import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.metrics import SegmentationScore, image_mean_iou

TABLE = ClassTable(
    ["sky", "road", "car", "never"],
    range(4),
    [(0, 0, 1), (0, 0, 2), (0, 0, 3), (0, 0, 4)],
)


def test_worked_by_hand():
    score = SegmentationScore(TABLE)
    label = np.array([[[0, 0, 0, 0, 1, 1, 255, 9]]], "uint8")
    seen = np.array([[[0, 0, 0, 1, 1, 2, 0, 2]]], "int32")
    score.update_state(label, seen)
    assert score.confusion.dtype == np.int64
    assert score.confusion.tolist() == [
        [3, 1, 0, 0],
        [0, 1, 1, 0],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
    ]
    result = score.result()
    # sky: 3 of 4 pixels, none too many; road: 1 right, 1 missed, 1 too many;
    # a car is seen, where there is none
    assert result == {
        "pixel_accuracy": pytest.approx(4 / 6),
        "mean_accuracy": pytest.approx((3 / 4 + 1 / 2) / 2),
        "mean_iou": pytest.approx((3 / 4 + 1 / 3 + 0) / 3),
        "frequency_weighted_iou": pytest.approx((4 * 3 / 4 + 2 / 3) / 6),
        "class_iou": {
            "sky": pytest.approx(3 / 4),
            "road": pytest.approx(1 / 3),
            "car": 0.0,
        },
    }


def test_equals_scikit_learn(rng):
    metrics = pytest.importorskip("sklearn.metrics")
    label = rng.integers(0, 6, (3, 17, 19))  # 4 and 5: void
    seen = np.where(rng.random(label.shape) < 0.6, label % 4, 1)
    score = SegmentationScore(4)
    score.update_state(label, seen)
    known = label < 4
    truth, answer = label[known], seen[known]
    np.testing.assert_array_equal(
        score.confusion,
        metrics.confusion_matrix(truth, answer, labels=range(4)),
    )
    each = metrics.jaccard_score(truth, answer, average=None)
    result = score.result()
    assert list(result["class_iou"].values()) == pytest.approx(each.tolist())
    assert result["mean_iou"] == pytest.approx(each.mean())
    assert result["pixel_accuracy"] == pytest.approx(
        metrics.accuracy_score(truth, answer)
    )
    assert result["mean_accuracy"] == pytest.approx(
        metrics.balanced_accuracy_score(truth, answer)
    )
    assert result["frequency_weighted_iou"] == pytest.approx(
        metrics.jaccard_score(truth, answer, average="weighted")
    )


def test_each_image_for_itself_equals_scikit_learn(rng):
    metrics = pytest.importorskip("sklearn.metrics")
    label, seen = rng.integers(0, 3, (2, 4, 5, 6))
    expected = [
        metrics.jaccard_score(one.ravel(), other.ravel(), average="macro")
        for one, other in zip(label, seen, strict=True)
    ]
    np.testing.assert_allclose(image_mean_iou(label, seen, 7), expected)


def test_an_image_of_void_alone_has_no_number():
    label = np.array([[[0, 1]], [[255, 255]]])
    found = image_mean_iou(label, np.zeros((2, 1, 2), int), 2)
    # of the first: class 0 is half right, class 1 is missed
    np.testing.assert_array_equal(found, [0.25, np.nan])


def test_any_batch_size_and_workers_give_the_same(rng):
    label, seen = rng.integers(0, 4, (2, 5, 6, 7))
    whole, single, worker = (SegmentationScore(TABLE) for _ in range(3))
    whole.update_state(label, seen)
    for i in range(5):
        metric = single if i % 2 else worker
        metric.update_state(label[i : i + 1], seen[i : i + 1])
    single.merge_state([pickle.loads(pickle.dumps(worker))])
    assert single.result() == whole.result()
    np.testing.assert_array_equal(single.confusion, whole.confusion)


def test_reset_state():
    score = SegmentationScore(2)
    score.update_state([[[0, 1]]], [[[1, 1]]])
    score.reset_state()
    score.update_state([[[0, 1]]], [[[0, 1]]])
    assert score.result()["pixel_accuracy"] == 1.0


@pytest.mark.parametrize(
    "label, seen, words",
    [
        (
            np.zeros((1, 2, 2), int),
            np.zeros((1, 2, 3), int),
            r"label of shape \(1, 2, 2\), int64, and predicted of shape \(1, 2",
        ),
        (
            np.zeros((2, 2), int),
            np.zeros((2, 2), int),
            r"both be \(batch, height, width\) integer",
        ),
        (np.zeros((1, 2, 2)), np.zeros((1, 2, 2), int), "float64, and pred"),
        (
            np.zeros((1, 2, 2), int),
            np.full((1, 2, 2), 2),
            r"in \[0, 1\], of 2 classes. Received: values in \[0, 2\].*must h",
        ),
        (
            np.zeros((1, 2, 2), int),
            np.full((1, 2, 2), -1),
            r"Received: values in \[-1, 0\]",
        ),
    ],
)
def test_bad_label_maps_are_refused(label, seen, words):
    with pytest.raises(ValueError, match=words):
        SegmentationScore(2).update_state(label, seen)


def test_scores_of_nothing_and_of_other_classes_are_refused():
    score = SegmentationScore(2)
    score.update_state(np.full((1, 2, 2), 255), np.zeros((1, 2, 2), int))
    with pytest.raises(ValueError, match="at least one pixel of a class. Rec"):
        score.result()
    with pytest.raises(ValueError, match=r"\('0', '1'\)\) and Segm.*'2'\)"):
        score.merge_state([SegmentationScore(3)])
    with pytest.raises(ValueError, match="at least 1. Received: class_table=0"):
        SegmentationScore(0)
