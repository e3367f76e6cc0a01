"""Which metrics may be merged."""


def check_mergeable(metric, others):
    """Checks that metrics measure the same.

    Args:
        metric: `DistributionMetric`.
        others: list of what is to be merged into it.

    Raises:
        ValueError: if one is of another class, network, reference, of other
            arguments or dimensions.
    """
    mine = {"class": type(metric).__name__, **metric.describe()}
    for other in others:
        theirs = {"class": type(other).__name__}
        if isinstance(other, type(metric)):
            theirs |= other.describe()
        if mine != theirs:
            raise ValueError(
                "Only metrics of the same class and arguments can be merged: "
                f"{mine}. Received: {theirs}"
            )
    found = {m.dimensions for m in (metric, *others)} - {None}
    if len(found) > 1:
        raise ValueError(
            "Metrics must have features of equal dimensions to be merged. "
            f"Received: {sorted(found)}"
        )
