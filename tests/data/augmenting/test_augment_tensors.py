import numpy as np
import pytest

from keras_pix2pixhd.data import Augmentation
from tests.data.augment_checks import (
    block_pair,
    check_aligned,
    check_turned,
    check_zoomed,
    place_pair,
)

tf = pytest.importorskip("tensorflow")

from keras_pix2pixhd.data.augmenting.augment_tensors import augment_tensors  # noqa: E402

STILL = {"flip": False}


def directly(pair, augmentation, count):
    for number in range(count):
        tensors = {k: tf.constant(a) for k, a in pair.items()}
        yield augment_tensors(tensors, [7, number], augmentation)


def mapped(pair, augmentation, count):
    seeds = tf.data.Dataset.from_tensor_slices(
        [[7, number] for number in range(count)]
    )
    pairs = tf.data.Dataset.from_tensors(pair).repeat()
    return tf.data.Dataset.zip(pairs, seeds).map(
        lambda arrays, seed: augment_tensors(arrays, seed, augmentation),
        tf.data.AUTOTUNE,
    )


@pytest.fixture(params=[directly, mapped])
def augmented(request):
    """Calls with a pair, an augmentation and a number of draws."""

    def call(pair, augmentation, count=8):
        drawn = request.param(pair, augmentation, count)
        return [{k: a.numpy() for k, a in d.items()} for d in drawn]

    return call


@pytest.mark.parametrize(
    "settings",
    [
        {"flip": True},
        {"flip": False, "zoom": 1.5},
        {"flip": False, "rotation": 30},
        {"flip": True, "zoom": 1.3, "rotation": 10},
    ],
)
def test_aligned(augmented, settings):
    pair = block_pair()
    for after in augmented(pair, Augmentation(**settings)):
        check_aligned(pair, after)


def test_flip_worked_by_hand(augmented):
    pair = {
        "image": np.array([[[1, 2, 3], [4, 5, 6]]], "uint8"),
        "label": np.array([[8, 9]], "uint8"),
        "instance": np.array([[70000, 80000]], "int32"),
    }
    turned = {
        "image": [[[4, 5, 6], [1, 2, 3]]],
        "label": [[9, 8]],
        "instance": [[80000, 70000]],
    }
    stored = {kind: array.tolist() for kind, array in pair.items()}
    seen = [
        {kind: array.tolist() for kind, array in after.items()}
        for after in augmented(pair, Augmentation(), 40)
    ]
    assert all(after in (stored, turned) for after in seen)
    # Outside of these once in 10,000.
    assert 8 <= seen.count(turned) <= 32


def test_zoom_takes_boxes_from_everywhere(augmented):
    seen = augmented(place_pair(), Augmentation(**STILL, zoom=2.0), 40)
    boxes = np.array([check_zoomed(d["instance"], 2.0) for d in seen])
    tops, lefts, heights, widths = boxes.T
    assert heights.min() < 35 and heights.max() > 50
    # Where the room is used up to either end.
    assert (tops / (60 - heights + 1)).min() < 0.15
    assert ((tops + 1) / (60 - heights + 1)).max() > 0.85
    assert (lefts / (80 - widths + 1)).min() < 0.15
    assert ((lefts + 1) / (80 - widths + 1)).max() > 0.85


def test_zoom_beyond_the_last_pixel(augmented):
    pair = place_pair((2, 3))
    for after in augmented(pair, Augmentation(**STILL, zoom=100.0), 20):
        assert set(after["instance"].ravel()) <= {0, 1, 2, 1000, 1001, 1002}


def test_rotation_turns_both_ways(augmented):
    seen = augmented(place_pair(), Augmentation(**STILL, rotation=30), 40)
    angles = [check_turned(after["instance"], 30) for after in seen]
    assert min(angles) < -15
    assert max(angles) > 15


def test_rotation_mirrors_at_the_border(augmented):
    pair = block_pair((40, 40), 20)
    white = {**pair, "image": np.full((40, 40, 3), 255, "uint8")}
    for after in augmented(white, Augmentation(**STILL, rotation=45)):
        assert (after["image"] == 255).all()


def test_rgb_labels_move_and_keep_their_colors(augmented):
    image = block_pair()["image"]
    settings = Augmentation(zoom=1.2, rotation=5, brightness=0.9, hue=0.5)
    for after in augmented({"image": image, "label": image}, settings):
        assert after["label"].dtype == "uint8"
        assert (after["label"][..., 2] <= 1).all()
        total = after["label"][..., :2].astype(int).sum(-1)
        assert np.abs(total - 255).max() <= 2
        assert (after["label"] != after["image"]).any()
    still = Augmentation(zoom=1.2, rotation=5)
    for after in augmented({"image": image, "label": image}, still):
        assert (after["label"] == after["image"]).all()


def test_int32_labels(augmented):
    pair = block_pair()
    pair = {**pair, "label": pair["label"].astype("int32")}
    for after in augmented(pair, Augmentation(zoom=1.2, rotation=5)):
        check_aligned(pair, after)


EVERYTHING = Augmentation(
    zoom=1.5,
    rotation=20,
    brightness=0.2,
    contrast=0.2,
    saturation=0.2,
    hue=0.1,
)


def test_the_seed_alone_decides():
    pair = block_pair()
    for one, two in zip(
        directly(pair, EVERYTHING, 6), mapped(pair, EVERYTHING, 6), strict=True
    ):
        for kind in pair:
            assert (one[kind] == two[kind]).numpy().all()


def test_seeds_differ():
    first, second, *_ = directly(block_pair(), EVERYTHING, 2)
    assert (first["label"] != second["label"]).numpy().any()


def test_static_shapes_stay():
    spec = mapped(block_pair(), EVERYTHING, 1).element_spec
    assert spec["image"].shape == (60, 80, 3)
    assert spec["label"].shape == spec["instance"].shape == (60, 80)


def test_unknown_sizes():
    def sized(size):
        return {k: tf.zeros([size, 9, *a]) for k, a in shapes.items()}

    shapes = {"image": [3], "label": []}
    dataset = tf.data.Dataset.from_tensor_slices([5, 8])
    dataset = dataset.map(sized).map(
        lambda pair: augment_tensors(
            {k: tf.cast(a, "uint8") for k, a in pair.items()},
            [0, 1],
            EVERYTHING,
        )
    )
    assert dataset.element_spec["image"].shape.as_list() == [None, 9, 3]
    assert [pair["label"].shape for pair in dataset] == [(5, 9), (8, 9)]


def ops(augmentation):
    def call(image, label):
        pair = {"image": image, "label": label}
        return augment_tensors(pair, [0, 1], augmentation)

    image = tf.TensorSpec((8, 8, 3), "uint8")
    label = tf.TensorSpec((8, 8), "uint8")
    graph = tf.function(call).get_concrete_function(image, label).graph
    return {op.type for op in graph.get_operations()}


def test_what_is_off_adds_no_op():
    assert ops(Augmentation(flip=False)) <= {"Placeholder", "Identity"}
    assert "ResizeBicubic" in ops(Augmentation(zoom=2))
    assert not ops(Augmentation(zoom=2)) & {
        "AdjustHue",
        "ImageProjectiveTransformV3",
    }
