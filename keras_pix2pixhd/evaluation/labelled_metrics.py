"""The metrics that need label maps with pixels of classes."""


def labelled_metrics(metrics, pairs, asked):
    """Leaves out the segmentation score where all labels are void.

    Args:
        metrics: names, a tuple.
        pairs: `EvaluatedPairs`.
        asked: bool, whether the names were asked for.

    Returns:
        Names, a tuple; and warnings, a list.

    Raises:
        ValueError: if it was asked for, and all labels are void.
    """
    if "segmentation" not in metrics or _has_classes(pairs):
        return metrics, []
    needs = "segmentation needs label maps with pixels of a class"
    if asked:
        raise ValueError(
            f"The metric {needs}. Received: only void in all {len(pairs)}. "
            "Evaluate on other images (--images, --side), or leave it out."
        )
    kept = tuple(name for name in metrics if name != "segmentation")
    return kept, [f"{needs}, and was left out: they hold void only."]


def _has_classes(pairs):
    """Reads up to the first label map that is not all void."""
    classes = len(pairs.class_table)
    batches = (batch["label"] for _, batch in pairs.batches())
    return any((label < classes).any() for label in batches)
