import collections

import numpy as np
import pytest

from keras_pix2pixhd.data.pipeline.element_order import element_order


def epochs(dataset, count):
    return [
        [int(index) for index, _ in dataset.as_numpy_iterator()]
        for _ in range(count)
    ]


def test_in_order_without_shuffle():
    dataset = element_order(5, False, None)
    assert len(dataset) == 5
    assert epochs(dataset, 2) == [[0, 1, 2, 3, 4]] * 2


def test_every_epoch_is_another_permutation_the_same_for_a_seed():
    first = epochs(element_order(50, True, 3), 3)
    assert all(sorted(epoch) == list(range(50)) for epoch in first)
    assert first[0] != first[1] != first[2] != first[0]
    assert epochs(element_order(50, True, 3), 3) == first
    assert epochs(element_order(50, True, 4), 1)[0] not in first
    endless = element_order(50, True, 3).repeat().take(150)
    assert epochs(endless, 1)[0] == sum(first, [])


def test_without_a_seed_orders_differ():
    one, two = (epochs(element_order(50, True, None), 1) for _ in range(2))
    assert one != two


def test_every_place_is_as_likely_for_every_pair():
    # 4 pairs, 80 epochs: each place 20 times for each pair, 3.9 by chance
    counts = collections.Counter(
        place
        for epoch in epochs(element_order(4, True, 0), 80)
        for place in enumerate(epoch)
    )
    assert len(counts) == 16
    assert all(4 < count < 36 for count in counts.values())


@pytest.mark.parametrize("shuffle", [False, True])
def test_shards_hold_each_pair_once_and_others_in_the_next_epoch(shuffle):
    shards = [element_order(10, shuffle, 1, (i, 4)) for i in range(4)]
    assert [len(shard) for shard in shards] == [3, 3, 2, 2]
    seen = [epochs(shard, 2) for shard in shards]
    for epoch in range(2):
        together = sum((of_shard[epoch] for of_shard in seen), [])
        assert sorted(together) == list(range(10))
    moved = [sorted(first) != sorted(second) for first, second in seen]
    assert any(moved) == shuffle


def test_a_pair_has_the_same_seed_in_any_shard_and_another_in_each_epoch():
    def seeds(dataset):
        return {int(i): tuple(s) for i, s in dataset.as_numpy_iterator()}

    whole = element_order(6, True, 2)
    first, second = seeds(whole), seeds(whole)
    assert len(set(first.values()) | set(second.values())) == 12
    parts = [seeds(element_order(6, True, 2, (i, 2))) for i in range(2)]
    assert parts[0] | parts[1] == first


@pytest.mark.parametrize("shard", [(2, 2), (-1, 2), 3, (0,), ("a", 2), (0, 0)])
def test_a_bad_shard_is_refused(shard):
    with pytest.raises(ValueError, match=r"0 <= index < count\. Received: sh"):
        element_order(6, False, None, shard)


def test_many_pairs_need_no_time_to_begin():
    index, _ = next(element_order(10**8, True, 0).as_numpy_iterator())
    assert 0 <= np.int64(index) < 10**8
