"""Which metrics there are, and what each of them needs."""

import difflib

DISTRIBUTION_METRICS = ("frechet", "kid", "precision_recall")
METRICS = (
    "l1",
    "psnr",
    "ssim",
    "ms_ssim",
    "perceptual",
    "class_color_error",
    "segmentation",
    *DISTRIBUTION_METRICS,
)
# argument -> (metrics that need it, what it is, how to give it)
_NEEDS = {
    "class_table": (
        ("class_color_error", "segmentation"),
        "classes",
        "Give class_table, a ClassTable or a number of classes",
    ),
    "perceptual_network": (
        ("perceptual",),
        "the weights of a VGG19",
        "Give perceptual_network, a calibrated PerceptualNetwork "
        "(--perceptual WEIGHTS)",
    ),
    "segmenter": (
        ("segmentation",),
        "a segmenter",
        "Give segmenter, such as pix2pixhd train-segmenter makes "
        "(--segmenter FILE)",
    ),
    "feature_network": (
        DISTRIBUTION_METRICS,
        "a feature network",
        "Give feature_network, a FeatureNetwork (--feature-network NETWORK)",
    ),
}


def choose_metrics(metrics, given):
    """Returns the metrics to compute, in the order of `METRICS`.

    Args:
        metrics: names, or one name, or `None` for all that the arguments
            allow.
        given: dict from an argument of `MetricSuite` to its value.

    Raises:
        ValueError: if they are no list, a name is unknown or needs an
            argument that was not given, or there is none.
    """
    if metrics is None:
        return tuple(m for m in METRICS if not _missing(m, given))
    names = [metrics] if isinstance(metrics, str) else metrics
    if not isinstance(names, (list, tuple, set, frozenset)):
        raise ValueError(
            "metrics must be a list of names. Received: "
            f"metrics={metrics!r}. The metrics are: {', '.join(METRICS)}"
        )
    for name in names:
        if name not in METRICS:
            raise ValueError(_unknown(name))
        for argument in _missing(name, given):
            _, what, way_out = _NEEDS[argument]
            raise ValueError(
                f"The metric {name!r} needs {what}. Received: "
                f"{argument}=None. {way_out}, or leave the metric out."
            )
    if not names:
        raise ValueError(
            "There must be at least one metric. Received: none. The metrics "
            f"are: {', '.join(METRICS)}"
        )
    return tuple(m for m in METRICS if m in names)


def _missing(name, given):
    return [
        argument
        for argument, (names, _, _) in _NEEDS.items()
        if name in names and given.get(argument) is None
    ]


def _unknown(name):
    near = difflib.get_close_matches(str(name), METRICS, n=1, cutoff=0.5)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    return (
        f"There is no metric {name!r}. {hint}The metrics are: "
        f"{', '.join(METRICS)}"
    )
