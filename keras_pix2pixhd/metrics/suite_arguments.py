"""Whether the arguments of a suite are what they are taken for."""

from keras_pix2pixhd.metrics.class_names import class_names

# argument -> (attributes it must have, whether it is called, what it must be)
_KINDS = {
    "feature_network": (
        ("key", "describe"),
        True,
        "a FeatureNetwork. Make one: FeatureNetwork(source)",
    ),
    "perceptual_network": (
        ("normalization", "tap_means"),
        True,
        "a PerceptualNetwork. Make one: PerceptualNetwork(weights)",
    ),
    "reference": (
        ("features", "network_key", "sha256"),
        False,
        "a FeatureReference. Make one with reference_features, or "
        "FeatureReference.load(path)",
    ),
}


def check_arguments(given):
    """Refuses what only fails when the first images come.

    Args:
        given: dict from an argument of `MetricSuite` to its value; `None` is
            not looked at.

    Raises:
        ValueError: if one is of another kind.
    """
    if given.get("class_table") is not None:
        class_names(given["class_table"])
    for name, (attributes, is_called, what) in _KINDS.items():
        value = given.get(name)
        # the class itself has the attributes, too
        fits = all(hasattr(value, each) for each in attributes)
        fits = fits and not isinstance(value, type)
        if value is not None and not (fits and callable(value) >= is_called):
            must, way_out = what.split(". ", 1)
            raise ValueError(
                f"{name} must be {must}. Received: {name}={value!r}. {way_out}"
            )
    segmenter = given.get("segmenter")
    knows = callable(segmenter) or hasattr(segmenter, "predict_labels")
    if segmenter is not None and not knows:
        raise ValueError(
            "segmenter must be a Segmenter, a keras.Model or a function of "
            f"images. Received: segmenter={segmenter!r}. Open a file with "
            "segmentation.load_segmenter(path)."
        )
