import pytest

from benchmarks.harness.sweeps import sweep
from benchmarks.harness.work import Work

BASE = Work(image_size=(128, 192), filters=32, perceptual=False)


def test_pixels_are_those_of_the_sizes():
    works = sweep(BASE, "pixels")
    assert [work.image_size for work in works.values()] == [
        (64, 96),
        (96, 144),
        (128, 192),
        (192, 288),
        (256, 384),
    ]
    assert list(works) == [6144, 13824, 24576, 55296, 98304]


@pytest.mark.parametrize(
    "axis, field, numbers",
    [
        ("batch", "batch_size", [1, 2, 4, 8]),
        ("filters", "filters", [8, 16, 32, 64]),
        ("filters", "discriminator_filters", [8, 16, 32, 64]),
        ("scales", "num_scales", [1, 2, 3, 4]),
    ],
)
def test_one_number_changes(axis, field, numbers):
    works = sweep(BASE, axis)
    assert list(works) == numbers
    assert [getattr(work, field) for work in works.values()] == numbers


@pytest.mark.parametrize("axis", ["pixels", "batch", "filters", "scales"])
def test_every_sweep_goes_through_its_base(axis):
    assert BASE in sweep(BASE, axis).values()


def test_a_base_that_cannot_be_halved_is_refused():
    with pytest.raises(ValueError, match="at least 32, .*Received: image_size"):
        sweep(BASE.replace(image_size=(32, 32)), "pixels")
