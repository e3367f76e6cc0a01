import numpy as np
import pytest

from keras_pix2pixhd.data import Augmentation
from keras_pix2pixhd.data.augmenting.augment_arrays import (
    augment_arrays,
    crop_arrays,
)
from tests.data.augment_checks import (
    block_pair,
    check_aligned,
    check_turned,
    check_zoomed,
    place_pair,
)

STILL = {"flip": False}


def augmented(pair, augmentation, count=8):
    random = np.random.default_rng(7)
    return [augment_arrays(pair, random, augmentation) for _ in range(count)]


@pytest.mark.parametrize(
    "settings",
    [
        {"flip": True},
        {"flip": False, "zoom": 1.5},
        {"flip": False, "rotation": 30},
        {"flip": False, "rotation": 180},
        {"flip": True, "zoom": 1.3, "rotation": 10},
    ],
)
def test_aligned(settings):
    pair = block_pair()
    for after in augmented(pair, Augmentation(**settings)):
        check_aligned(pair, after)


def test_int32_labels():
    pair = block_pair()
    pair = {**pair, "label": pair["label"].astype("int32")}
    for after in augmented(pair, Augmentation(zoom=1.2, rotation=5)):
        check_aligned(pair, after)


def test_flip_worked_by_hand():
    pair = {
        "image": np.array([[[1, 2, 3], [4, 5, 6]]], "uint8"),
        "label": np.array([[8, 9]], "uint8"),
    }
    stored = {kind: array.tolist() for kind, array in pair.items()}
    turned = {"image": [[[4, 5, 6], [1, 2, 3]]], "label": [[9, 8]]}
    seen = [
        {kind: array.tolist() for kind, array in after.items()}
        for after in augmented(pair, Augmentation(), 40)
    ]
    assert all(after in (stored, turned) for after in seen)
    # Outside of these once in 10,000.
    assert 8 <= seen.count(turned) <= 32


def test_zoom_takes_boxes_from_everywhere():
    seen = augmented(place_pair(), Augmentation(**STILL, zoom=2.0), 40)
    boxes = np.array([check_zoomed(d["instance"], 2.0) for d in seen])
    tops, lefts, heights, widths = boxes.T
    assert heights.min() < 35 and heights.max() > 50
    assert (tops / (60 - heights + 1)).min() < 0.15
    assert ((tops + 1) / (60 - heights + 1)).max() > 0.85
    assert (lefts / (80 - widths + 1)).min() < 0.15
    assert ((lefts + 1) / (80 - widths + 1)).max() > 0.85


def test_zoom_beyond_the_last_pixel():
    pair = place_pair((2, 3))
    for after in augmented(pair, Augmentation(**STILL, zoom=100.0), 20):
        assert set(after["instance"].ravel()) <= {0, 1, 2, 1000, 1001, 1002}


def test_rotation_turns_both_ways():
    seen = augmented(place_pair(), Augmentation(**STILL, rotation=30), 40)
    angles = [check_turned(after["instance"], 30) for after in seen]
    assert min(angles) < -15
    assert max(angles) > 15


@pytest.mark.parametrize("size", [(40, 40), (3, 50)])
def test_rotation_mirrors_at_the_border(size):
    pair = {
        "image": np.full((*size, 3), 255, "uint8"),
        "label": np.full(size, 3, "uint8"),
    }
    for after in augmented(pair, Augmentation(**STILL, rotation=90), 20):
        assert (after["image"] == 255).all()
        assert (after["label"] == 3).all()


def test_rgb_labels_move_and_keep_their_colors():
    image = block_pair()["image"]
    pair = {"image": image, "label": image}
    still = Augmentation(zoom=1.2, rotation=5)
    for after in augmented(pair, still):
        assert (after["label"] == after["image"]).all()
    for after in augmented(pair, Augmentation(brightness=0.9)):
        assert (after["label"][..., 2] == 0).all()
        assert (after["label"][..., :2].sum(-1, dtype=int) == 255).all()


def test_nothing_to_do():
    pair = block_pair()
    (after,) = augmented(pair, Augmentation(flip=False), 1)
    for kind, array in pair.items():
        assert after[kind] is array


def test_crops_from_the_middle():
    pair = place_pair((6, 9))
    cropped = crop_arrays(pair, (2, 3))
    expected = [[2003, 2004, 2005], [3003, 3004, 3005]]
    assert cropped["instance"].tolist() == expected
    assert cropped["image"].shape == (2, 3, 3)


def test_crops_at_random_reach_every_corner():
    random = np.random.default_rng(0)
    pair = place_pair((3, 4))
    corners = {
        int(crop_arrays(pair, (2, 3), random)["instance"][0, 0])
        for _ in range(40)
    }
    assert corners == {0, 1, 1000, 1001}
