"""Reading all pairs, to find what is wrong before training does."""

import collections
import concurrent.futures

import numpy as np

_SHOWN = 5


def check_sizes(arrays, files):
    """Refuses the arrays of a pair, a dict by kind, that differ in size."""
    sizes = {kind: array.shape[:2] for kind, array in arrays.items()}
    if len(set(sizes.values())) > 1:
        received = ", ".join(
            f'"{files[kind]}" {height} high and {width} wide'
            for kind, (height, width) in sizes.items()
        )
        raise ValueError(
            "The files of a pair must have the same size. "
            f"Received: {received}. Check that they belong together, or "
            "resize the label map (nearest, never blending)."
        )


def check_pairs(pairs):
    """Implements `Pairs.check`."""
    problems = []
    sizes = collections.Counter()
    pixels = np.zeros(len(pairs.class_table), "int64")
    total = 0
    with concurrent.futures.ThreadPoolExecutor() as pool:
        results = pool.map(lambda i: _check_one(pairs, i), range(len(pairs)))
        for found, size, counts in results:
            problems += found
            if not found:
                sizes[size] += 1
                total += size[0] * size[1]
                pixels += counts
    if problems:
        more = len(problems) - _SHOWN
        tail = f"; and {more} more" if more > 0 else ""
        raise ValueError(
            "Every file must be readable and fit its partner. Received: "
            f"{len(problems)} problem{'s' * (len(problems) != 1)} in "
            f"{len(pairs)} pair{'s' * (len(pairs) != 1)}: "
            + "; ".join(p.rstrip(".") for p in problems[:_SHOWN])
            + tail
        )
    names = pairs.class_table.names
    return {
        "pairs": len(pairs),
        "sizes": dict(sorted(sizes.items())),
        "pixels": dict(zip(names, pixels.tolist(), strict=True)),
        "void_pixels": total - int(pixels.sum()),
    }


def _check_one(pairs, index):
    """Returns (problems, size, pixels per class) of one pair."""
    arrays, problems = {}, []
    for kind in pairs.kinds_of_files:
        try:
            arrays[kind] = pairs.read_kind(index, kind)
        except ValueError as error:
            problems.append(str(error))
    try:
        check_sizes(arrays, pairs.files(index))
    except ValueError as error:
        problems.append(str(error))
    if problems:
        return problems, None, None
    classes = len(pairs.class_table)
    counts = np.bincount(arrays["label"].ravel(), minlength=classes)[:classes]
    return [], arrays["label"].shape, counts
