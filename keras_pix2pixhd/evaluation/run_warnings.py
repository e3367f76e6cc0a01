"""What a reader of the numbers of one run must know.

No sentence names the run: so equal ones of several runs are told once.
"""

from keras_pix2pixhd.evaluation.pairs.agreement import size_of, worded_size


def training_warnings(source, data):
    """Says what of the evaluated pairs a model may have seen.

    Args:
        source: `Source`.
        data: `EvaluationData`.

    Returns:
        List of str.
    """
    count = data.trained_on[source.name]
    total = len(data.evaluated)
    if count is None:
        return [
            "What this was trained on is not known: the evaluated images may "
            "be among it."
        ]
    if source.name in data.trained_elsewhere:
        return [
            f"Trained on other data, {data.trained_elsewhere[source.name]}. "
            f"If this is the same, then on {count} of the {total} evaluated "
            "images."
        ]
    if count:
        return [
            f"Trained on {count} of the {total} evaluated images: the numbers "
            "say less about new ones."
        ]
    return []


def size_warnings(source, evaluated):
    """Says where a run is evaluated at another size than it was trained at.

    Args:
        source: `Source`.
        evaluated: `EvaluatedPairs`.

    Returns:
        List of str.
    """
    if source.config is None:
        return []
    pairs = evaluated
    now = pairs.image_size, pairs.resize_mode, pairs.load_size
    if size_of(source) == now:
        return []
    how = worded_size(now)
    if pairs.resize_mode == "resize":
        how += ", plainly resized"
    return [
        f"Painted and compared at {how} (height, width), but trained at "
        f"{worded_size(size_of(source))}."
    ]


def segmentation_warnings(metrics):
    """Says where a segmenter cannot tell generated from real images.

    Args:
        metrics: dict, `MetricSuite.result()`.

    Returns:
        List of str.
    """
    scores = metrics.get("segmentation") or {}
    generated, real = (
        (scores.get(side) or {}).get("mean_iou")
        for side in ("generated", "real")
    )
    if None in (generated, real) or generated <= real:
        return []
    return [
        "The segmenter reads the generated images better than the real ones "
        f"(mean IoU {generated:.4g} against {real:.4g}): it is too weak to "
        "say which images are better. Train it for longer, or judge by the "
        "other metrics."
    ]
