import hashlib

import numpy as np
import pytest

from keras_pix2pixhd.data import TOY_CARS, toy_car

SKY, ROAD, BODY, WINDOW, WHEEL, LIGHT, SIGN = range(7)


def test_classes():
    assert TOY_CARS.names == (
        "sky",
        "road",
        "body",
        "window",
        "wheel",
        "light",
        "sign",
    )
    assert TOY_CARS.void_ids == ()


def test_shapes_and_dtypes():
    scene = toy_car(3, image_size=(40, 70))
    assert scene["image"].shape == (40, 70, 3)
    assert scene["label"].shape == scene["instance"].shape == (40, 70)
    dtypes = [scene[kind].dtype for kind in ("image", "label", "instance")]
    assert dtypes == ["uint8", "uint8", "int32"]


def digest(scene):
    sha = hashlib.sha256()
    for kind, dtype in (("image", "u1"), ("label", "u1"), ("instance", "<i4")):
        sha.update(np.ascontiguousarray(scene[kind], dtype).tobytes())
    return sha.hexdigest()[:32]


# Changed only together with the edition in toy_files.py.
@pytest.mark.parametrize(
    "arguments, expected",
    [
        ({"index": 0}, "7242041421c71988b359c8cd281a8da0"),
        ({"index": 25}, "5159690b276603be0827b7610fb0e20a"),
        ({"index": 7, "seed": 3}, "29a82c7d5e0ca1c06e941d6c1f8aec4a"),
        (
            {"index": 1, "image_size": (100, 131)},
            "1585413ad0d19c2ea2f325e7d45fae8c",
        ),
    ],
)
def test_equal_to_the_pixel_everywhere(arguments, expected):
    assert digest(toy_car(**arguments)) == expected


def test_layout_of_a_scene():
    for index in range(12):
        label = toy_car(index)["label"]
        assert (label[0] != ROAD).all()
        assert (label[-1] == ROAD).all()
        # A car stands on the road: below its lowest wheel there is road.
        assert label[np.nonzero(label == WHEEL)[0].max() + 1].max() <= ROAD
        for part in (SKY, ROAD, BODY, WINDOW, WHEEL, LIGHT):
            assert (label == part).sum() >= 4, (index, part)


def test_each_object_has_an_instance_of_one_class():
    for index in range(24):
        scene = toy_car(index)
        label, instance = scene["label"], scene["instance"]
        assert (instance[label == SKY] == 0).all()
        assert (instance[label == ROAD] == 1).all()
        for number in np.unique(instance):
            assert len(np.unique(label[instance == number])) == 1


def test_instances_of_a_lone_car():
    # Scene 4 is a van alone: body, 3 windows, 2 lights, 2 wheels.
    scene = toy_car(4)
    classes = {
        number: int(scene["label"][scene["instance"] == number][0])
        for number in np.unique(scene["instance"]).tolist()
    }
    assert classes == {
        0: SKY,
        1: ROAD,
        2: BODY,
        3: WINDOW,
        4: WINDOW,
        5: WINDOW,
        6: LIGHT,
        7: LIGHT,
        8: WHEEL,
        9: WHEEL,
    }


def near_body(index):
    """The mean colour of the body that is the lowest in the scene."""
    scene = toy_car(index)
    rows = np.nonzero((scene["label"] == BODY).any(axis=1))[0]
    row = scene["label"][rows.max() - 4] == BODY
    return np.median(scene["image"][rows.max() - 4][row], axis=0)


def test_views_of_a_car_share_its_color_and_cars_differ():
    colors = np.array([near_body(index) for index in range(40)])
    cars = colors.reshape(10, 4, 3)
    assert np.ptp(cars, axis=1).max() < 60
    assert np.ptp(cars[:, 0], axis=0).min() > 60


def test_signs_and_second_cars_come_and_go():
    labels = [toy_car(index)["label"] for index in range(40)]
    signs = sum((label == SIGN).any() for label in labels)
    assert 10 < signs < 40
    instances = [toy_car(i)["instance"].max() for i in range(40)]
    # One car has at most 8 parts, and the sign is one more.
    assert 5 < sum(number > 10 for number in instances) < 30


def test_the_seed_makes_other_scenes():
    first = [digest(toy_car(index)) for index in range(8)]
    other = [digest(toy_car(index, seed=1)) for index in range(8)]
    assert len(set(first + other)) == 16


def test_image_size_out_of_range():
    for size in ((15, 96), (64, 1025), 64, (64, 96, 3), (64.5, 96)):
        with pytest.raises(ValueError, match=r"\[16, 1024\]. Received"):
            toy_car(0, image_size=size)


@pytest.mark.parametrize("size", [(16, 16), (1024, 1024)])
def test_extreme_sizes(size):
    assert BODY in toy_car(0, image_size=size)["label"]


def test_negative_index():
    with pytest.raises(ValueError, match="must be >= 0. Received: index=-1"):
        toy_car(-1)
