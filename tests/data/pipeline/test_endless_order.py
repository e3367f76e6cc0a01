import itertools

import pytest

from keras_pix2pixhd.data.pipeline.endless_order import endless_order


def taken(dataset, count):
    return [
        (int(index), tuple(seed.tolist()))
        for index, seed in itertools.islice(dataset.as_numpy_iterator(), count)
    ]


def indices(dataset, count):
    return [index for index, _ in taken(dataset, count)]


def test_in_order_without_shuffle():
    dataset = endless_order(3, False, None)
    assert int(dataset.cardinality()) == -1
    assert indices(dataset, 7) == [0, 1, 2, 0, 1, 2, 0]


def test_each_pass_is_another_permutation_the_same_for_a_seed():
    order = taken(endless_order(50, True, 3), 150)
    passes = [[i for i, _ in order[k : k + 50]] for k in (0, 50, 100)]
    assert all(sorted(one) == list(range(50)) for one in passes)
    assert passes[0] != passes[1] != passes[2] != passes[0]
    assert len({seed for _, seed in order}) == 150
    assert taken(endless_order(50, True, 3), 150) == order
    assert indices(endless_order(50, True, 4), 50) not in passes


def test_without_a_seed_orders_differ():
    one, two = (indices(endless_order(50, True, None), 50) for _ in range(2))
    assert sorted(one) == sorted(two)
    assert one != two


@pytest.mark.parametrize("start", [1, 3, 4, 7])
def test_what_is_left_out_at_first_changes_nothing_else(start):
    whole = taken(endless_order(10, True, 5, batch=3), 30)
    rest = endless_order(10, True, 5, start=start, batch=3)
    assert taken(rest, 9) == whole[3 * start : 3 * start + 9]


def test_shards_are_dealt_out_batch_by_batch():
    whole = taken(endless_order(10, True, 1), 36)
    parts = [
        taken(endless_order(10, True, 1, (i, 3), batch=2), 12) for i in range(3)
    ]
    # in steps of six elements: two for each of three workers
    steps = [[part[k : k + 2] for part in parts] for k in range(0, 12, 2)]
    assert sum(sum(steps, []), []) == whole
    later = endless_order(10, True, 1, (2, 3), start=2, batch=2)
    assert taken(later, 8) == parts[2][4:]


def test_it_begins_anywhere_at_once():
    dataset = endless_order(701, True, 0, start=10**15)
    assert 0 <= indices(dataset, 1)[0] < 701


@pytest.mark.parametrize("shard", [(2, 2), (0, 0), 3])
def test_a_bad_shard_is_refused(shard):
    with pytest.raises(ValueError, match=r"0 <= index < count\. Received: sh"):
        endless_order(6, False, None, shard)


def test_more_shards_than_pairs_are_refused():
    with pytest.raises(ValueError, match=r"one pair for each shard.*2 pairs"):
        endless_order(2, False, None, (0, 3))
