"""Metrics of several workers as one."""


def check_mergeable(metric, others):
    """Refuses to add up metrics that do not measure the same.

    Args:
        metric: with an attribute `arguments` that says what it measures.
        others: list of such metrics.

    Raises:
        ValueError: if one is of another class, or has other arguments.
    """
    for other in others:
        same_class = type(other) is type(metric)
        if not same_class or other.arguments != metric.arguments:
            raise ValueError(
                "Metrics can be merged if they are of the same class and have "
                f"the same arguments. Received: {_named(metric)} and "
                f"{_named(other)}. Make them in the same way in every worker."
            )


def _named(metric):
    arguments = getattr(metric, "arguments", "")
    return f"{type(metric).__name__}({arguments})"
