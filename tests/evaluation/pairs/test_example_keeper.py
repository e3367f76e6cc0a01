import numpy as np

from keras_pix2pixhd.evaluation.pairs.example_keeper import (
    ExampleKeeper,
    ranking_key,
)


def kept(values, count, key="ssim", seed=0):
    """Shows images of one pixel, numbered; returns (kind, place) of each."""
    keeper = ExampleKeeper(len(values), count, seed, shown=lambda x: x + 1)
    for place, value in enumerate(values):
        image = np.full((1, 1, 3), place)
        keeper.add({"name": str(place), key: value}, image, image, image)
    found = keeper.examples()
    for place, example in found:
        assert example.name == str(place)
        assert example.generated[0, 0, 0] == place
        assert example.label[0, 0, 0] == place + 1
    return [(example.kind, place) for place, example in found]


def ranked(found):
    return [(kind, place) for kind, place in found if kind != "random"]


def test_the_largest_similarities_are_the_best():
    found = kept([0.2, 0.9, 0.1, 0.5, 0.7], 2)
    assert ranked(found) == [
        ("best", 1),
        ("best", 4),
        ("worst", 2),
        ("worst", 0),
    ]


def test_the_smallest_distances_are_the_best():
    found = kept([2.0, 9.0, 1.0, 5.0], 1, key="perceptual_vgg19_imagenet")
    assert ranked(found) == [("best", 2), ("worst", 1)]


def test_of_equals_the_first_are_shown():
    found = kept([0.5] * 6, 2)
    assert ranked(found) == [
        ("best", 0),
        ("best", 1),
        ("worst", 0),
        ("worst", 1),
    ]


def test_of_few_pairs_none_is_both_best_and_worst():
    assert ranked(kept([0.1, 0.2, 0.3], 4)) == [
        ("best", 2),
        ("best", 1),
        ("worst", 0),
    ]
    assert ranked(kept([0.1], 4)) == [("best", 0)]


def test_pairs_without_a_number_are_not_ranked():
    found = kept([None, 0.3, 0.2, None], 2)
    assert {place for _, place in ranked(found)} == {1, 2}


def test_random_ones_are_random_and_in_their_order():
    picks = [
        [place for kind, place in kept([0.5] * 50, 5, seed=seed)[10:]]
        for seed in range(4)
    ]
    assert all(len(set(pick)) == 5 for pick in picks)
    assert all(pick == sorted(pick) for pick in picks)
    assert len(set(map(tuple, picks))) == 4


def test_random_ones_are_others_than_the_best_and_the_worst():
    values = [0.1 * place for place in range(10)]
    for seed in range(20):
        found = kept(values, 3, seed=seed)
        assert len(found) == 9 and len({place for _, place in found}) == 9


def test_random_ones_are_ranked_ones_where_there_are_no_others():
    found = kept([0.1, 0.2, 0.3, 0.4, 0.5], 2)
    assert ("random", 2) in found  # the one between best and worst
    assert [kind for kind, _ in found].count("random") == 2


def test_runs_have_the_first_of_the_random_order_in_common():
    for seed in range(20):
        first = np.random.default_rng(seed).permutation(30)[:3].tolist()
        for values in (range(30), range(0, -30, -1), [0.5] * 30):
            assert {*first} <= {p for _, p in kept(list(values), 3, seed=seed)}


def test_none_are_kept_where_none_are_wanted():
    assert kept([0.1, 0.2], 0) == []


def test_what_pairs_are_ranked_by():
    assert (
        ranking_key(["l1", "ssim", "perceptual_vgg19_x"])[:10] == "perceptual"
    )
    assert ranking_key(["l1", "psnr", "ms_ssim_4_scales"]).startswith("ms_ss")
    assert ranking_key(["l1", "mean_iou"]) == "l1"
    assert ranking_key([]) is None
