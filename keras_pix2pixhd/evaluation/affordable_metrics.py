"""The metrics that an evaluation computes."""

from keras_pix2pixhd.metrics.metric_choice import choose_metrics

_FEWEST = {"frechet": 2, "kid": 2, "precision_recall": 4}
_OF_SETS = {"kid", "precision_recall"}
_MANY = 100


def affordable_metrics(metrics, given, images):
    """Chooses metrics, before anything slow is done.

    Args:
        metrics: names, or `None` for all that can be had.
        given: dict from an argument of `MetricSuite` to its value.
        images: int, how many there are.

    Returns:
        Names, a tuple; and warnings on what was left out, a list.

    Raises:
        ValueError: if a name is unknown, lacks what it needs, or needs more
            images.
    """
    chosen = choose_metrics(metrics, given)
    kept, warnings = [], []
    for name in chosen:
        if images >= _FEWEST.get(name, 1):
            kept.append(name)
            continue
        needs = f"{name} needs at least {_FEWEST[name]} images"
        if metrics is not None:
            raise ValueError(
                f"The metric {needs}. Received: {images}. Evaluate on more "
                "(--images, --side), or leave it out."
            )
        warnings.append(f"{needs}, and was left out: there are {images}.")
    if images < _MANY and not _OF_SETS.isdisjoint(kept):
        warnings.append(
            f"{images} images are few for precision, recall and the kernel "
            f"distance: with fewer than {_MANY} they change much with a few "
            "other images, and do not tell close runs apart."
        )
    return tuple(kept), warnings
