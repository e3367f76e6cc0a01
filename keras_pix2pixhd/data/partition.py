"""Seeded choices among the names of pairs."""

import itertools
import operator
from numbers import Real

import numpy as np

from keras_pix2pixhd.data.short_repr import short_repr

_GOLDEN = 0.6180339887  # its multiples spread evenly between 0 and 1


_SHOWN = 5


def selected_names(names, known):
    """Implements `Pairs.select`; returns a tuple of names, each once."""
    no_list = isinstance(names, (str, bytes)) or not hasattr(names, "__iter__")
    chosen = () if no_list else tuple(names)
    if no_list or not all(isinstance(name, str) for name in chosen):
        received = names if no_list else chosen
        raise ValueError(
            "`names` must be a list of strings. "
            f"Received: names={short_repr(received)}"
        )
    if not chosen:
        raise ValueError("`names` must hold at least one name. Received: ()")
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        raise ValueError(
            "`names` must be names of pairs. "
            f"Received: {unknown[:_SHOWN]}, {len(unknown)} unknown in all"
        )
    return tuple(dict.fromkeys(chosen))


def partition_names(names, fraction, seed, groups=None):
    """Implements `Pairs.partition`; returns two sorted lists of names."""
    if not isinstance(fraction, Real) or not 0 < fraction < 1:
        raise ValueError(
            "`fraction` must lie between 0 and 1, both excluded. "
            f"Received: fraction={fraction}"
        )
    seed = checked_seed(seed)
    members = _members(names, groups)
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


def _members(names, groups):
    """Returns the sorted names of each group, a dict by key."""
    if groups is not None and not callable(groups):
        raise ValueError(
            "`groups` must be None or a function from the name of a pair to "
            f"the key of its group. Received: groups={short_repr(groups)}"
        )
    members = {}
    for name in sorted(names):
        key = name if groups is None else groups(name)
        try:
            members.setdefault(key, []).append(name)
        except TypeError as error:
            raise ValueError(
                "`groups` must return a key that can be hashed, such as a "
                f"string. Received: {short_repr(key)} for {name!r}"
            ) from error
    return members


def subset_names(names, count, seed):
    """Implements `Pairs.subset`; returns a sorted list of names."""
    if not _is_integer(count) or count < 1:
        raise ValueError(
            "`count` must be an integer of at least 1. "
            f"Received: count={count!r}"
        )
    order = np.random.default_rng(checked_seed(seed)).permutation(len(names))
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


def checked_seed(seed):
    """Returns `seed`, an integer >= 0."""
    if not _is_integer(seed) or seed < 0:
        raise ValueError(
            f"`seed` must be an integer >= 0. Received: seed={seed!r}"
        )
    return operator.index(seed)


def checked_index(index, count):
    """Returns `index`, an integer in [0, count - 1]."""
    if not _is_integer(index) or not 0 <= index < count:
        raise ValueError(
            f"`index` must be an integer, 0 <= index < {count}. "
            f"Received: index={index!r}"
        )
    return operator.index(index)


def _is_integer(value):
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool)


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
