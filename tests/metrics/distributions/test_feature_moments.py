"""Moments against hand calculation and NumPy's covariance."""

import pickle

import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    FeatureMoments,
    feature_moments,
    frechet_distance,
)


def moments_of(*parts):
    moments = FeatureMoments()
    for part in parts:
        moments.update(part)
    return moments


def test_moments_by_hand():
    moments = moments_of([[1.0, 2.0], [3.0, 2.0]], [[8.0, 5.0]])
    assert (moments.count, moments.dimensions) == (3, 2)
    np.testing.assert_allclose(moments.mean, [4, 3])
    # deviations -3, -1, 4 and -1, -1, 2
    np.testing.assert_allclose(moments.covariance, [[13, 6], [6, 3]])


@pytest.mark.parametrize("count", [2, 30, 255, 256, 257, 512, 1000])
def test_moments_equal_those_of_numpy(rng, count):
    features = rng.normal(size=(count, 5)) @ rng.normal(size=(5, 5)) + 3
    moments = moments_of(features)
    assert moments.count == count
    np.testing.assert_allclose(moments.mean, features.mean(0), rtol=1e-12)
    expected = np.cov(features, rowvar=False)
    np.testing.assert_allclose(moments.covariance, expected, rtol=1e-9)
    assert len(moments.factor) <= max(256, 5)


def test_factor_has_no_more_rows_than_dimensions(rng):
    moments = moments_of(rng.normal(size=(1000, 5)))
    assert moments.factor.shape == (5, 5)


def test_more_dimensions_than_images(rng):
    features = rng.normal(size=(300, 400)).astype("float32")
    moments = moments_of(features)
    centered = features - features.mean(0, dtype="float64")
    np.testing.assert_allclose(moments.factor, centered, atol=1e-12)


@pytest.mark.parametrize("step", [1, 7, 256, 300, 1100])
def test_batch_size_does_not_matter_to_the_bit(rng, step):
    features = rng.normal(size=(1100, 6)).astype("float32")
    whole = moments_of(features)
    parts = [features[i : i + step] for i in range(0, 1100, step)]
    found = moments_of(*parts)
    np.testing.assert_array_equal(found.mean, whole.mean)
    np.testing.assert_array_equal(found.factor, whole.factor)


def test_nothing_cancels_in_float32_with_a_large_mean(rng):
    noise = rng.integers(-4, 5, (600, 3)) / 4
    features = (noise + 100_000).astype("float32")  # exact in float32
    moments = moments_of(*np.array_split(features, 9))
    expected = np.cov(noise, rowvar=False)
    np.testing.assert_allclose(moments.covariance, expected, atol=1e-10)


@pytest.mark.parametrize("sizes", [(10, 20), (300, 20), (20, 300), (600, 500)])
def test_merged_workers_equal_one(rng, sizes):
    parts = [rng.normal(i, 1 + i, (n, 4)) for i, n in enumerate(sizes)]
    merged = moments_of(parts[0])
    other = moments_of(parts[1])
    kept = other.mean.copy()
    merged.merge(other)
    whole = moments_of(*parts)
    assert merged.count == whole.count
    np.testing.assert_allclose(merged.mean, whole.mean, rtol=1e-12)
    np.testing.assert_allclose(merged.covariance, whole.covariance, rtol=1e-10)
    np.testing.assert_array_equal(other.mean, kept)
    assert other.count == sizes[1]


def test_merging_with_empty_moments(rng):
    features = rng.normal(size=(5, 2))
    full, empty = moments_of(features), FeatureMoments()
    full.merge(FeatureMoments())
    empty.merge(full)
    np.testing.assert_array_equal(empty.mean, full.mean)
    np.testing.assert_array_equal(empty.factor, full.factor)


def test_merging_with_itself_counts_twice():
    moments = moments_of([[0.0], [2.0]])
    moments.merge(moments)
    assert moments.count == 4
    assert moments.covariance.item() == pytest.approx(4 / 3)


def test_pickled_moments_go_on(rng):
    features = rng.normal(size=(700, 3))
    moments = pickle.loads(pickle.dumps(moments_of(features[:500])))
    moments.update(features[500:])
    whole = moments_of(features)
    np.testing.assert_array_equal(moments.factor, whole.factor)


def test_what_was_given_may_change_afterwards():
    features = np.ones((2, 2))
    moments = moments_of(features)
    features[:] = 7
    assert moments.mean.tolist() == [1.0, 1.0]


def test_numbers_asked_for_between_updates_are_those_of_then(rng):
    features = rng.normal(size=(900, 3))
    moments, other = moments_of(features[:7]), moments_of(features[600:])
    for end in (7, 100, 300, 600):
        moments.update(features[moments.count : end])
        for _ in range(2):
            np.testing.assert_allclose(moments.mean, features[:end].mean(0))
            np.testing.assert_allclose(
                moments.covariance, np.cov(features[:end], rowvar=False)
            )
    moments.merge(other)
    np.testing.assert_allclose(
        moments.covariance, np.cov(features, rowvar=False)
    )


def test_folding_is_done_once_for_all_that_is_asked(rng, monkeypatch):
    folded = []
    together = feature_moments._together
    monkeypatch.setattr(
        feature_moments,
        "_together",
        lambda *parts: folded.append(parts) or together(*parts),
    )
    a, b = (moments_of(rng.normal(size=(300, 3))) for _ in range(2))
    folded.clear()
    frechet_distance(a, b)
    assert not (a.constant or b.constant)
    assert len(folded) == 2


@pytest.mark.parametrize("value", [0.0, 0.1, 1e5 / 3])
def test_constant_features_are_told(value):
    features = np.full((700, 3), value)
    assert moments_of(features).constant
    features[5, 0] += max(value, 1) * 1e-6
    assert not moments_of(features).constant


def test_no_images_have_no_mean():
    with pytest.raises(ValueError, match="at least one image. Received: none"):
        _ = FeatureMoments().mean


def test_other_dimensions_are_refused():
    moments = moments_of(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="those before, 3. Received: 4"):
        moments.update(np.zeros((2, 4)))
    with pytest.raises(ValueError, match="to be merged. Received: 3 and 4"):
        moments.merge(moments_of(np.zeros((2, 4))))


def test_nan_is_refused_and_nothing_is_added():
    moments = moments_of(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="must be finite. Received: NaN"):
        moments.update(np.full((1, 3), np.nan))
    assert moments.count == 2
