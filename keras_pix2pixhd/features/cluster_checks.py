"""What `FeatureClusters` refuses."""

import numpy as np

_REAL = "fiu"  # dtype kinds
FOLLOW = ("instances", "labels")


def class_name(class_table, index):
    """Returns the name of a class, or its number if it has none."""
    if hasattr(class_table, "names"):
        return repr(class_table.names[index])
    return f"class {index}"


def checked_centers(centers, class_table):
    """Returns a `(k, F)` float32 array for each class."""
    named = hasattr(class_table, "names")
    count = len(class_table) if named else class_table
    listed = isinstance(centers, (list, tuple)) or np.ndim(centers) == 3
    if not listed or not all(map(_are_styles, centers)):
        raise ValueError(
            "`centers` must be a list with a (k, F) array of numbers, or None, "
            f"for each class. Received: {str(centers)[:60]}"
        )
    known = [x for x in centers if x is not None and len(x)]
    if len(centers) != count or not known:
        raise ValueError(
            "`centers` must have an entry for each class, and one at least "
            f"that is not empty. Received: {len(centers)} entries, "
            f"{len(known)} of them not empty, for {count} classes"
        )
    channels = np.shape(known[0])[-1]
    empty = np.zeros((0, channels))
    arrays = [
        np.array(empty if x is None or not len(x) else x, "float32")
        for x in centers
    ]
    for index, array in enumerate(arrays):
        shaped = array.ndim == 2 and array.shape[1] == channels > 0
        if not shaped or not np.isfinite(array).all():
            raise ValueError(
                "The entries of `centers` must be (k, F) finite floats with "
                f"one F. Received: shape={array.shape} for "
                f"{class_name(class_table, index)}, and F={channels} before"
            )
    return tuple(arrays)


def _are_styles(styles):
    styles = np.asarray([] if styles is None else styles)
    return not styles.size or (styles.ndim == 2 and styles.dtype.kind in _REAL)


def checked_follow(follow):
    if follow not in FOLLOW:
        raise ValueError(
            f"`follow` must be one of {', '.join(FOLLOW)}. "
            f"Received: follow={follow!r}"
        )
    return follow


def checked_samples(samples, count):
    samples = tuple(int(number) for number in samples)
    if len(samples) != count or min(samples) < 0:
        raise ValueError(
            "`samples` must be a number of at least 0 for each class. "
            f"Received: samples={samples} for {count} classes"
        )
    return samples


def checked_seed(seed):
    """Returns a seed for NumPy: an int >= 0, or a list of them."""
    numbers = [seed] if np.ndim(seed) == 0 else list(seed)
    whole = all(isinstance(x, (int, np.integer)) for x in numbers)
    if not numbers or not whole or min(numbers) < 0:
        raise ValueError(
            "`seed` must be an integer of at least 0, or a sequence of them. "
            f"Received: seed={seed!r}"
        )
    return [int(number) for number in numbers]


def checked_maps(label, instance, follow):
    """Returns `(B, H, W)` class indices and the ids to follow."""
    label = np.asarray(label)
    whole = label.dtype.kind in "iu"
    if label.ndim != 3 or not whole or not label.size or label.min() < 0:
        raise ValueError(
            "`label` must be (batch, height, width) integer class indices of "
            f"at least 0. Received: shape={label.shape}, dtype={label.dtype}. "
            "A single map goes in as label[None]."
        )
    if follow == "labels":
        return label, label
    if instance is None:
        raise ValueError(
            "Features that follow instances need an instance map. Received: "
            "instance=None. Where there is none, "
            "data.connected_components(label) makes one."
        )
    instance = np.asarray(instance)
    if instance.shape != label.shape or instance.dtype.kind not in "iu":
        raise ValueError(
            "`instance` must be integers of the shape of `label`. Received: "
            f"instance.shape={instance.shape}, dtype={instance.dtype}, "
            f"label.shape={label.shape}"
        )
    return label, instance


def check_fits(clusters, gan):
    """Refuses features that are not for a model; says what differs."""
    if not gan.feature_channels:
        raise ValueError(
            "Features are for models with a feature encoder. Received: a "
            "model without one."
        )
    differences = [
        f"{what}: {ours} of the features, {theirs} of the model"
        for what, ours, theirs in (
            ("channels", clusters.feature_channels, gan.feature_channels),
            ("what they follow", clusters.follow, gan.features_follow),
            *different_classes(clusters.class_table, gan.class_table),
        )
        if ours != theirs
    ]
    if differences:
        raise ValueError(
            "The features must have been fitted with a model like this one. "
            f"Received: {'; '.join(differences)}. Fit them again, with this "
            "model: pix2pixhd features fit RUN."
        )


def different_classes(ours, theirs):
    """Compares two class tables, or numbers of classes.

    Yields:
        (what, ours, theirs): the numbers of classes and, where these are the
        same, the first class whose names differ, if any.
    """
    counts = [len(x) if hasattr(x, "names") else x for x in (ours, theirs)]
    yield "classes", *counts
    if counts[0] == counts[1]:
        names = [
            [class_name(x, index) for index in range(counts[0])]
            for x in (ours, theirs)
            if hasattr(x, "names")
        ]
        for index, pair in enumerate(zip(*names, strict=True)):
            if len(set(pair)) > 1:
                yield f"class {index}", *pair
                return
