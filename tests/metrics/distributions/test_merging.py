import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    FeatureReference,
    FrechetInceptionDistance,
    KernelInceptionDistance,
    PrecisionRecall,
)
from tests.metrics.distributions.tiny_networks import mean_network


@pytest.mark.parametrize(
    "one, other, words",
    [
        (
            FrechetInceptionDistance(),
            PrecisionRecall(),
            "of the same class.*Received: Frechet.* and PrecisionRecall",
        ),
        (
            KernelInceptionDistance(),
            KernelInceptionDistance(seed=1),
            "'seed': 0}.* and Kernel.*'seed': 1}",
        ),
        (
            PrecisionRecall(),
            PrecisionRecall(neighbours=5),
            "'neighbours': 3}.* and Precision.*'neighbours': 5}",
        ),
        (FrechetInceptionDistance(), 7, r"and int\(\)"),
    ],
)
def test_other_metrics_are_refused(one, other, words):
    with pytest.raises(ValueError, match=words):
        one.merge_state([other])


def test_other_networks_are_refused():
    one, other = (
        FrechetInceptionDistance(mean_network(size))
        for size in ((8, 8), (8, 12))
    )
    with pytest.raises(ValueError, match="_8'.* and .*_8x12'"):
        one.merge_state([other])


def test_other_references_are_refused():
    one, other = (
        FrechetInceptionDistance(
            reference=FeatureReference([[1.0], [2.0]], "toy_8", 64 * digit)
        )
        for digit in "ab"
    )
    with pytest.raises(ValueError, match="aaa'}.* and .*bbb'}"):
        one.merge_state([other])


def test_other_dimensions_are_refused_and_nothing_is_added():
    metrics = [FrechetInceptionDistance() for _ in range(3)]
    for metric, d in zip(metrics, (2, 2, 3), strict=True):
        metric.update_features(np.eye(4, d), np.eye(4, d))
    with pytest.raises(ValueError, match=r"merged. Received: \[2, 3\]"):
        metrics[0].merge_state(metrics[1:])
    assert [*metrics[0].result()] == ["frechet_features_n4"]
