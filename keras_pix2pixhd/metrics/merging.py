"""Metrics of several workers as one."""


def check_mergeable(metric, others):
    """Refuses to add up metrics that do not measure the same.

    Args:
        metric: with an attribute `arguments` that says what it measures.
        others: list of such metrics.

    Raises:
        ValueError: if it is no list, or one is of another class, or has
            other arguments.
    """
    if not isinstance(others, (list, tuple)):
        raise ValueError(
            "The metrics to merge must be a list. Received: "
            f"{type(others).__name__}. Pass [other] for a single one."
        )
    for other in others:
        same_class = type(other) is type(metric)
        if not same_class or other.arguments != metric.arguments:
            raise ValueError(
                "Metrics can be merged if they are of the same class and have "
                f"the same arguments. Received: {_named(metric)} and "
                f"{_named(other)}. Make them in the same way in every worker."
            )


def merge_arguments(protocol):
    """Returns what two suites must share of what they say of themselves.

    A network with a hash is told by that: not by where its file lies in one
    worker, nor by the number that Keras gave it.

    Args:
        protocol: dict, `MetricSuite.protocol()`.
    """
    left_out = {
        "feature_network": ("sha256", "source"),
        "perceptual_network": ("sha256", "weights"),
        "segmenter": ("model_sha256", "name"),
    }
    found = dict(protocol)
    for network, (sha256, path) in left_out.items():
        described = protocol[network]
        if described is not None and described.get(sha256) is not None:
            found[network] = {k: v for k, v in described.items() if k != path}
    return found


def _named(metric):
    arguments = getattr(metric, "arguments", "")
    return f"{type(metric).__name__}({arguments})"
