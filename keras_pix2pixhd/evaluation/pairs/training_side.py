"""Training photographs, beside generated and held-out ones."""

from keras_pix2pixhd.metrics import (
    FrechetInceptionDistance,
    KernelInceptionDistance,
    PrecisionRecall,
    memorisation,
    nearest_references,
)

_DISTANCES = {
    "frechet": FrechetInceptionDistance,
    "kid": KernelInceptionDistance,
    "precision_recall": PrecisionRecall,
}
_COPIES = 0.8  # share of images nearer than real ones that is no accident


def compare_training(instruments):
    """Compares real training photographs with the real evaluated ones.

    What a model could reach that paints other photographs of the same kind.

    Args:
        instruments: `Instruments`.

    Returns:
        Dict fit for JSON: `images`, `sha256`, and the distances; `None`
        where there are no features of training photographs.
    """
    training = instruments.training
    if training is None:
        return None
    numbers = {"images": training.images, "sha256": training.sha256}
    for name, distance in _DISTANCES.items():
        enough = training.images > 3 or name != "precision_recall"
        if name in instruments.metrics and training.images > 1 and enough:
            metric = distance(reference=instruments.reference)
            metric.update_features(generated=training.features)
            numbers |= metric.result()
    return numbers


def training_left_out(data):
    """Says where training photographs are not compared with, a list.

    Args:
        data: `EvaluationData`.
    """
    if data.side == "held_out":
        return []
    return [
        "Training photographs are not compared with, neither the nearest ones "
        "nor their distances for scale: that is for held-out images only "
        "(--side held_out)."
    ]


def compare_nearest(instruments, generated):
    """Compares the distances to the nearest training photographs.

    Args:
        instruments: `Instruments`.
        generated: features of the generated images.

    Returns:
        Dict of `memorisation`, and warnings, a list; `None` and none where
        there are no features of training photographs.
    """
    if instruments.training is None or generated is None:
        return None, []
    found = memorisation(
        generated,
        instruments.reference.features,
        instruments.training,
        instruments.feature_network.key,
    )
    (numbers,) = found.values()
    share = numbers["closer_than_real"]
    if share < _COPIES:
        return found, []
    return found, [
        f"{share:.0%} of the generated images are closer to a training "
        "photograph than the real image of their label map is to its own: "
        "look for copies among the examples."
    ]


def show_nearest(examples, generated, instruments, training):
    """Adds to each example its nearest training photograph.

    Args:
        examples: list of `(place, Example)`.
        generated: features of the generated images, by place.
        instruments: `Instruments`.
        training: `EvaluatedPairs`, or `None`.
    """
    if instruments.training is None or generated is None or not examples:
        return
    features = generated[[place for place, _ in examples]]
    nearest, _ = nearest_references(features, instruments.training)
    for (_, example), index in zip(examples, nearest, strict=True):
        example.nearest_name = training.names[index]
        example.nearest = training.read(example.nearest_name)["image"]
