"""The distance in closed form, by scipy and in many digits."""

import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    FeatureMoments,
    frechet_distance,
)


def distance(x, y):
    a, b = FeatureMoments(), FeatureMoments()
    a.update(x)
    b.update(y)
    return frechet_distance(a, b)


def test_one_dimension_by_hand():
    # means 2 and 7, variances 2 and 32: 5^2 + (32^0.5 - 2^0.5)^2
    assert distance([[1.0], [3.0]], [[3.0], [11.0]]) == pytest.approx(43)


def test_diagonal_covariances_by_hand():
    # of four corners: means 0 and (1, 2), variances 4/3 (1, 9), 4/3 (4, 1)
    corners = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    x, y = corners * [1, 3], corners * [2, 1] + [1, 2]
    expected = 1 + 4 + 4 / 3 * ((2 - 1) ** 2 + (3 - 1) ** 2)
    assert distance(x, y) == pytest.approx(expected)


def test_two_images_by_hand():
    # differences u = (2, 0, 0), v = (2, 2, 1): |u|^2 / 2 + |v|^2 / 2 - |u v|
    x = np.array([[-1, 0, 0], [1, 0, 0]])
    y = np.array([[0, 0, 0], [2, 2, 1]])
    means = 1 + 1 + 0.25
    assert distance(x, y) == pytest.approx(means + 2 + 4.5 - 4)


def test_the_same_images_have_no_distance(rng):
    features = rng.normal(size=(50, 80)).astype("float32")
    assert 0 <= distance(features, features[::-1]) < 1e-10


def test_constant_images_differ_by_their_means():
    x, y = np.full((3, 2), 1.0), np.full((4, 2), [4.0, 5.0])
    assert distance(x, y) == pytest.approx(9 + 16)


def test_sides_may_be_exchanged(rng):
    x, y = rng.normal(size=(9, 20)), rng.normal(1, 2, (12, 20))
    assert distance(x, y) == pytest.approx(distance(y, x), rel=1e-12)


@pytest.mark.parametrize("counts", [(41, 41), (100, 60), (1000, 3000)])
def test_equals_the_matrix_square_root(rng, counts):
    linalg = pytest.importorskip("scipy.linalg")
    d = 20
    mixing = rng.normal(size=(2, d, d))
    x, y = (
        rng.gamma(1.0, size=(n, d)) @ mix + 5
        for n, mix in zip(counts, mixing, strict=True)
    )
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    root = linalg.sqrtm(a @ b).real
    means = np.square(x.mean(0) - y.mean(0)).sum()
    expected = means + np.trace(a + b - 2 * root)
    assert distance(x, y) == pytest.approx(expected, rel=1e-6)


def test_fewer_images_than_dimensions_in_many_digits(rng):
    """Eigenvalues of the product in the small space, with 60 digits."""
    mpmath = pytest.importorskip("mpmath")
    x = rng.normal(size=(5, 40)).astype("float32")
    y = rng.normal(0.5, 1.5, (7, 40)).astype("float32")
    with mpmath.workdps(60):
        centered, means = [], []
        for rows in (x, y):
            rows = mpmath.matrix(rows.tolist())
            mean = mpmath.ones(1, rows.rows) * rows / rows.rows
            scale = mpmath.sqrt(rows.rows - 1)
            means.append(mean)
            centered.append((rows - mpmath.ones(rows.rows, 1) * mean) / scale)
        product = centered[0] * centered[1].T
        eigenvalues = mpmath.eigsy(product * product.T, eigvals_only=True)
        common = sum(mpmath.sqrt(abs(value)) for value in eigenvalues)
        squares = sum(v**2 for part in centered for v in part)
        step = sum(v**2 for v in means[0] - means[1])
        expected = float(step + squares - 2 * common)
    assert distance(x, y) == pytest.approx(expected, rel=1e-12)


def test_fewer_images_than_dimensions_equal_a_small_space(rng):
    """A turned subspace: the matrix square root of 4 x 4 is well behaved."""
    linalg = pytest.importorskip("scipy.linalg")
    x, y = rng.normal(size=(30, 4)), rng.normal(1, 2, (40, 4))
    basis = np.linalg.qr(rng.normal(size=(100, 4)))[0].T
    a, b = np.cov(x, rowvar=False), np.cov(y, rowvar=False)
    means = np.square(x.mean(0) - y.mean(0)).sum()
    expected = means + np.trace(a + b - 2 * linalg.sqrtm(a @ b).real)
    found = distance(x @ basis + 50, y @ basis + 50)
    assert found == pytest.approx(expected, rel=1e-10)


def test_equals_torch_fidelity(rng, fidelity):
    torch = pytest.importorskip("torch")
    metric_fid = fidelity("metric_fid")
    x, y = rng.normal(size=(100, 30)), rng.normal(0.3, 1.2, (80, 30))
    statistics = [
        metric_fid.fid_features_to_statistics(torch.tensor(features))
        for features in (x, y)
    ]
    expected = metric_fid.fid_statistics_to_metric(*statistics, verbose=False)
    (expected,) = expected.values()
    assert distance(x, y) == pytest.approx(expected, rel=1e-6)


def test_one_image_is_refused():
    with pytest.raises(
        ValueError, match="at least two images on each side. Received: 1 and 2"
    ):
        distance([[1.0]], [[1.0], [2.0]])


def test_other_dimensions_are_refused():
    with pytest.raises(ValueError, match="equal dimensions. Received: 1 and"):
        distance(np.zeros((2, 1)), np.zeros((2, 3)))
