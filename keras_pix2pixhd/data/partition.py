"""Seeded choices among the names of pairs."""

import itertools
import operator

import numpy as np

_GOLDEN = 0.6180339887  # its multiples spread evenly between 0 and 1


def partition_names(names, fraction, seed, groups=None):
    """Implements `Pairs.partition`; returns two sorted lists of names."""
    if not 0 < fraction < 1:
        raise ValueError(
            "`fraction` must lie between 0 and 1, both excluded. "
            f"Received: fraction={fraction}"
        )
    members = {}
    for name in sorted(names):
        members.setdefault(groups(name) if groups else name, []).append(name)
    if len(members) < 2:
        what = "groups" if groups else "pairs"
        raise ValueError(
            f"At least two {what} are needed, one for each part. Received: "
            f"{len(members)} {what}, {len(names)} pairs in all"
        )
    keys = list(members)
    order = np.random.default_rng(seed).permutation(len(keys))
    shuffled = [members[keys[place]] for place in order]
    totals = np.cumsum([len(group) for group in shuffled[:-1]])
    cut = 1 + int(np.argmin(np.abs(totals - fraction * len(names))))
    return sorted(sum(shuffled[:cut], [])), sorted(sum(shuffled[cut:], []))


def subset_names(names, count, seed):
    """Implements `Pairs.subset`; returns a sorted list of names."""
    if count < 1:
        raise ValueError(f"`count` must be at least 1. Received: count={count}")
    order = np.random.default_rng(seed).permutation(len(names))
    names = sorted(names)
    return sorted(names[place] for place in order[:count])


def evenly(names, count):
    """Picks `count` of a list, one of each equal stretch, in their order.

    Where in its stretch, differs from one to the next: else every pick could
    be the same view of another car.

    >>> evenly(list("abcdefgh"), 4)
    ['a', 'd', 'e', 'h']
    """
    if count >= len(names):
        return list(names)
    edges = [i * len(names) // count for i in range(count + 1)]
    return [
        names[start + int(i * _GOLDEN % 1 * (end - start))]
        for i, (start, end) in enumerate(itertools.pairwise(edges))
    ]


def checked_shard(shard):
    """Returns `shard` as (index, count); (0, 1) for `None`.

    Raises:
        ValueError: If it is anything else.
    """
    if shard is None:
        return 0, 1
    try:
        index, count = map(operator.index, shard)
    except (TypeError, ValueError):
        index, count = 0, 0
    if not 0 <= index < count:
        raise ValueError(
            "`shard` must be None or (index, count), two integers with "
            f"0 <= index < count. Received: shard={shard!r}"
        )
    return index, count
