import dataclasses

import pytest

from keras_pix2pixhd import Augmentation
from keras_pix2pixhd.data.augmenting.augmentation import checked_augmentation


def test_flips_alone_by_default():
    settings = dataclasses.asdict(Augmentation())
    assert settings == {
        "flip": True,
        "zoom": 1.0,
        "rotation": 0.0,
        "brightness": 0.0,
        "contrast": 0.0,
        "saturation": 0.0,
        "hue": 0.0,
        "layer": None,
    }


def test_it_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Augmentation().zoom = 2


@pytest.mark.parametrize(
    "name, value, limits",
    [
        ("zoom", 0.99, r"in \[1, 100\]"),
        ("zoom", float("inf"), r"in \[1, 100\]"),
        ("zoom", (1, 2), r"in \[1, 100\]"),
        ("rotation", -1, r"in \[0, 180\]"),
        ("rotation", 181, r"in \[0, 180\]"),
        ("brightness", -0.1, r"in \[0, 100\]"),
        ("brightness", 1e38, r"in \[0, 100\]"),
        ("brightness", True, r"in \[0, 100\]"),
        ("contrast", float("nan"), r"in \[0, 100\]"),
        ("contrast", 1e300, r"in \[0, 100\]"),
        ("saturation", "much", r"in \[0, 100\]"),
        ("saturation", 100.1, r"in \[0, 100\]"),
        ("hue", 0.51, r"in \[0, 0.5\]"),
    ],
)
def test_numbers_out_of_range(name, value, limits):
    words = f"`{name}` must be a number {limits}. Received: {name}="
    with pytest.raises(ValueError, match=words):
        Augmentation(**{name: value})


@pytest.mark.parametrize(
    "name, value",
    [("zoom", 1), ("rotation", 180), ("brightness", 100), ("hue", 0.5)],
)
def test_numbers_at_the_limits(name, value):
    assert getattr(Augmentation(**{name: value}), name) == value


def test_flip_that_is_no_truth_value():
    with pytest.raises(ValueError, match="True or False.*Received: flip=0.5"):
        Augmentation(flip=0.5)


def test_layer_that_cannot_be_called():
    with pytest.raises(ValueError, match="`layer` must be None.*layer='flip'"):
        Augmentation(layer="flip")


def test_what_augment_stands_for():
    assert checked_augmentation(True) == Augmentation(flip=True)
    assert checked_augmentation(False) is None
    assert checked_augmentation(Augmentation(flip=False)) is None
    some = Augmentation(flip=False, hue=0.1)
    assert checked_augmentation(some) is some


@pytest.mark.parametrize("augment", [None, 1, "flip", {"flip": True}])
def test_augment_that_stands_for_nothing(augment):
    words = "`augment` must be True, False or an `Augmentation`. Received: aug"
    with pytest.raises(ValueError, match=words):
        checked_augmentation(augment)
