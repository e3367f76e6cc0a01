"""The kernel distance by hand and by torch-fidelity."""

import itertools

import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    KernelInceptionDistance,
    kernel_distance,
)


def measured(x, y, **arguments):
    metric = KernelInceptionDistance(**arguments)
    metric.update_features(x, y)
    ((key, value),) = metric.result().items()
    return key, value


def test_one_dimension_by_hand():
    # kernels: (1 2 + 1)^3 = 27; (3 5 + 1)^3 = 4096; 64, 216, 343, 1331
    found = kernel_distance([[1.0], [2.0]], [[3.0], [5.0]])
    assert found == 27 + 4096 - (64 + 216 + 343 + 1331) / 2


def test_the_kernel_divides_by_the_dimensions():
    # (1, 1) . (1, 1) / 2 + 1 = 2 on each side, and 1 across
    found = kernel_distance(np.ones((2, 2)), np.zeros((3, 2)))
    assert found == pytest.approx(8 + 1 - 2)


def test_estimate_is_unbiased(rng):
    """Over all pairs of subsets of a set its mean is the value by formula."""
    points = np.array([[0.0], [1.0], [2.0], [4.0]])
    values = [
        kernel_distance(points[[i, j]], points[[k, m]])
        for i, j in itertools.combinations(range(4), 2)
        for k, m in itertools.combinations(range(4), 2)
    ]
    kernel = (points @ points.T + 1) ** 3
    others = kernel[~np.eye(4, dtype=bool)].mean()
    assert np.mean(values) == pytest.approx(2 * others - 2 * kernel.mean())
    assert min(values) < 0


def test_equals_torch_fidelity(rng, fidelity):
    torch = pytest.importorskip("torch")
    metric_kid = fidelity("metric_kid")
    x, y = rng.normal(size=(40, 16)), rng.normal(0.3, 1.2, (50, 16))
    expected = metric_kid.kid_features_to_metric(
        torch.tensor(x),
        torch.tensor(y),
        kid_subsets=7,
        kid_subset_size=20,
        rng_seed=11,
        verbose=False,
    )
    key, found = measured(x, y, subsets=7, subset_size=20, seed=11)
    assert key == "kid_features_n40_r50_s7x20"
    mean, spread = expected.values()
    assert found["mean"] == pytest.approx(mean, rel=1e-9)
    assert found["spread"] == pytest.approx(spread, rel=1e-9)


@pytest.mark.parametrize(
    "counts, size", [((2, 2), 2), ((9, 30), 4), ((2500, 3000), 1000)]
)
def test_size_of_subsets_is_half_of_the_smaller_side(rng, counts, size):
    x, y = (rng.normal(size=(n, 1)) for n in counts)
    key, _ = measured(x, y, subsets=1)
    assert key.endswith(f"_s1x{size}")


def test_seed_draws_the_subsets(rng):
    x, y = rng.normal(size=(2, 30, 4))
    values = [measured(x, y, seed=seed)[1] for seed in (1, 1, 2)]
    assert values[0] == values[1] != values[2]


def test_whole_sets_have_no_spread(rng):
    x, y = rng.normal(size=(2, 6, 4))
    _, found = measured(x, y, subsets=5, subset_size=6)
    assert found["mean"] == pytest.approx(kernel_distance(x, y))
    assert found["spread"] == pytest.approx(0, abs=1e-12)


def test_equal_constant_images_have_no_distance():
    _, found = measured(np.ones((4, 3)), np.ones((5, 3)))
    assert found == {"mean": 0.0, "spread": 0.0}


def test_subsets_larger_than_the_smaller_side_are_refused():
    with pytest.raises(
        ValueError, match="the smaller side, 3. Received: subset_size=4"
    ):
        measured(np.zeros((3, 1)), np.zeros((9, 1)), subset_size=4)


@pytest.mark.parametrize(
    "name, value, limits",
    [
        ("subsets", 0, "at least 1"),
        ("subsets", 1.5, "at least 1"),
        ("subset_size", 1, "at least 2"),
        ("seed", -1, r"in \[0, 4294967295\]"),
        ("seed", 2**32, r"in \[0, 4294967295\]"),
    ],
)
def test_bad_arguments_are_refused(name, value, limits):
    words = f"{name} must be an integer, {limits}. Received: {name}={value}"
    with pytest.raises(ValueError, match=words):
        KernelInceptionDistance(**{name: value})
