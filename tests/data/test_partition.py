import numpy as np
import pytest

from keras_pix2pixhd.data import car_of, read_pairs
from keras_pix2pixhd.data.partition import evenly

NAMES = [f"car{car}_{view:02d}" for car in range(5) for view in range(1, 5)]


@pytest.fixture
def pairs(carvana_like):
    return read_pairs(carvana_like(NAMES, size=(1, 2)))


def test_sizes_and_no_overlap(pairs):
    train, held_out = pairs.partition(0.75)
    assert (len(train), len(held_out)) == (15, 5)
    assert sorted(train.names + held_out.names) == sorted(NAMES)
    assert list(train.names) == sorted(train.names)


def test_the_seed_decides(pairs):
    again = [side.names for side in pairs.partition(0.75, seed=3)]
    assert [side.names for side in pairs.partition(0.75, seed=3)] == again
    others = {pairs.partition(0.75, seed=s)[1].names for s in range(5)}
    assert len(others) == 5
    # Not simply the last ones.
    assert pairs.partition(0.75)[1].names != tuple(NAMES[15:])


@pytest.mark.parametrize(
    "fraction, count", [(0.001, 1), (0.925, 18), (0.999, 19)]
)
def test_no_side_is_empty(pairs, fraction, count):
    # 0.925 of 20 is 18.5: the smaller of the two nearest.
    assert len(pairs.partition(fraction)[0]) == count


def test_groups_stay_whole(pairs):
    train, held_out = pairs.partition(0.75, groups=car_of)
    cars = [{car_of(name) for name in side.names} for side in (train, held_out)]
    # 15 of 20 pairs in cars of four: 16 is nearer than 12.
    assert (len(train), len(held_out)) == (16, 4)
    assert (len(cars[0]), len(cars[1])) == (4, 1)
    assert not cars[0] & cars[1]


def test_groups_of_different_sizes(pairs):
    # Groups of 16 (a) and 4 (b): whichever is first trains.
    group = {"car4": "b"}
    sides = pairs.partition(0.75, groups=lambda n: group.get(car_of(n), "a"))
    assert sorted(len(side) for side in sides) == [4, 16]


@pytest.mark.parametrize("fraction", [0, 1, 1.5, -0.1, "a", None, float("nan")])
def test_fraction_out_of_range(pairs, fraction):
    with pytest.raises(ValueError, match=f"between 0 and 1.*={fraction}"):
        pairs.partition(fraction)


def test_too_few(pairs):
    with pytest.raises(ValueError, match="two groups.*1 groups, 20 pairs"):
        pairs.partition(groups=lambda name: "all")
    with pytest.raises(ValueError, match="two pairs.*1 pairs"):
        pairs.subset(1).partition()


def test_subset(pairs):
    some = pairs.subset(7, seed=1)
    assert len(some) == 7
    assert set(some.names) < set(NAMES)
    assert some.names == pairs.subset(7, seed=1).names
    assert some.names != pairs.subset(7, seed=2).names
    assert list(some.names) == sorted(some.names)
    assert pairs.subset(20).names == pairs.names
    assert pairs.subset(999).names == pairs.names


@pytest.mark.parametrize("seed", [1.5, -1, "a", True, None, [1]])
def test_seeds_are_integers(pairs, seed):
    words = r"`seed` must be an integer >= 0. Received: seed="
    with pytest.raises(ValueError, match=words):
        pairs.partition(0.5, seed)
    with pytest.raises(ValueError, match=words):
        pairs.subset(3, seed)


def test_seeds_of_numpy(pairs):
    again = pairs.subset(3, np.int64(5)).names
    assert pairs.subset(3, 5).names == again


def test_groups_that_are_no_function(pairs):
    words = "`groups` must be None or a function.*Received: groups='car'"
    with pytest.raises(ValueError, match=words):
        pairs.partition(groups="car")


def test_keys_of_groups_that_cannot_be_told_apart(pairs):
    words = r"key that can be hashed.*\['car0'\] for 'car0_01'"
    with pytest.raises(ValueError, match=words):
        pairs.partition(groups=lambda name: name.split("_")[:1])


@pytest.mark.parametrize("count", [1.5, float("nan"), "a", True, None])
def test_subset_of_no_integer(pairs, count):
    words = f"`count` must be an integer of at least 1.*count={count!r}"
    with pytest.raises(ValueError, match=words):
        pairs.subset(count)


@pytest.mark.parametrize("count", [0, -1])
def test_subset_of_none(pairs, count):
    with pytest.raises(ValueError, match=f"at least 1.*count={count}"):
        pairs.subset(count)


@pytest.mark.parametrize("count", [1, 3, 7])
def test_evenly_takes_one_of_each_stretch(count):
    picked = evenly(NAMES, count)
    places = [NAMES.index(name) for name in picked]
    assert len(places) == count
    for i, place in enumerate(places):
        assert i * 20 // count <= place < (i + 1) * 20 // count


def test_evenly_takes_all_if_there_are_no_more():
    assert evenly(NAMES, 20) == evenly(NAMES, 99) == NAMES
