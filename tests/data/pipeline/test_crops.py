import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd import Augmentation

CROP = {"resize_mode": "crop", "image_size": (3, 4), "image_dtype": "uint8"}


def first(dataset):
    return {k: v.numpy()[0] for k, v in next(iter(dataset)).items()}


def test_a_crop_is_from_the_middle(make_pairs):
    pairs, arrays = make_pairs(1, size=(6, 9), instances=True)
    batch = first(pairs.to_dataset(**CROP))
    for kind, array in arrays[0].items():
        # (6 - 3) // 2 = 1, (9 - 4) // 2 = 2
        np.testing.assert_array_equal(batch[kind], array[1:4, 2:6])


def test_a_random_crop_is_the_same_box_of_all(make_pairs):
    pairs, arrays = make_pairs(1, size=(6, 9), instances=True)
    dataset = pairs.to_dataset(**CROP, augment=Augmentation(flip=False), seed=0)
    windows = np.lib.stride_tricks.sliding_window_view
    boxes = windows(arrays[0]["instance"], (3, 4)).reshape(-1, 3, 4)
    seen = set()
    for _ in range(40):
        batch = first(dataset)
        place = np.flatnonzero((boxes == batch["instance"]).all((1, 2)))
        top, left = np.unravel_index(place[0], (4, 6))
        seen.add((top, left))
        box = np.s_[top : top + 3, left : left + 4]
        for kind in ("image", "label"):
            np.testing.assert_array_equal(batch[kind], arrays[0][kind][box])
    assert {top for top, _ in seen} == set(range(4))
    assert {left for _, left in seen} == set(range(6))


@pytest.mark.parametrize(
    "settings, shape",
    [
        (dict(resize_mode="resize", image_size=(4, 5)), (4, 5)),
        (dict(resize_mode="scale_width", load_size=(1, 9)), (6, 9)),
        (dict(resize_mode="scale_shortside", load_size=(4, 4)), (4, 6)),
        (dict(resize_mode="none"), (16, 16)),
        (
            dict(
                resize_mode="resize_and_crop",
                load_size=(20, 20),
                image_size=(7, 8),
            ),
            (7, 8),
        ),
    ],
)
def test_every_mode_gives_static_shapes(make_pairs, settings, shape):
    pairs, arrays = make_pairs(2, size=(12, 18))
    dataset = pairs.to_dataset(batch_size=2, **settings)
    spec = dataset.element_spec
    assert spec["label"].shape.as_list() == [2, *shape]
    assert spec["image"].shape.as_list() == [2, *shape, 3]
    batch = next(iter(dataset))
    assert batch["image"].shape == (2, *shape, 3)
    for label, array in zip(batch["label"].numpy(), arrays, strict=True):
        assert set(np.unique(label)) <= set(np.unique(array["label"]))


def test_pairs_of_other_shapes_are_scaled_each_in_its_way(make_pairs):
    pairs, _ = make_pairs(2, sizes=[(10, 20), (30, 20)])
    dataset = pairs.to_dataset(resize_mode="scale_width", load_size=(1, 10))
    shapes = [tuple(batch["label"].shape) for batch in dataset]
    assert shapes == [(1, 5, 10), (1, 15, 10)]
    with pytest.raises(ValueError, match="2 different sizes"):
        pairs.to_dataset(
            resize_mode="scale_width", load_size=(1, 10), batch_size=2
        )


def test_a_crop_that_is_too_large_names_the_pair(make_pairs):
    pairs, _ = make_pairs(2, sizes=[(10, 20), (3, 20)])
    with pytest.raises(ValueError, match=r"such as '01'.*\(3, 20\)"):
        pairs.to_dataset((4, 4), resize_mode="crop")


def test_very_long_label_maps_are_resized(make_pairs):
    # row n of 40,000 comes from row n * 60,000 / 40,000 + 0.75
    pairs, arrays = make_pairs(1, size=(60000, 1))
    batch = first(pairs.to_dataset((40000, 1)))
    rows = np.floor(np.arange(40000) * 1.5 + 0.75).astype(int)
    np.testing.assert_array_equal(
        batch["label"][:, 0], arrays[0]["label"][rows, 0]
    )


def test_images_are_resized_as_pillow_does(make_pairs):
    # Pillow rounds after each of its two passes: up to 2 levels apart. It
    # also clips there, so keep away from black and white.
    pairs, arrays = make_pairs(1, size=(40, 56))
    faint = arrays[0]["image"] // 2 + 64
    Image.fromarray(faint).save(pairs.files(0)["image"])
    for size in ((72, 96), (20, 30), (20, 64)):
        batch = first(pairs.to_dataset(size, image_dtype="uint8"))
        expected = pairs.read(0, size)
        error = batch["image"].astype(int) - expected["image"]
        assert abs(error).max() <= 2
        assert abs(error).mean() < 0.3
        np.testing.assert_array_equal(batch["label"], expected["label"])
