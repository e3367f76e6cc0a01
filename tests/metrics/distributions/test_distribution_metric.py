"""What all distances between distributions have in common."""

import pickle

import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    FeatureReference,
    FrechetInceptionDistance,
    KernelInceptionDistance,
    PrecisionRecall,
)
from tests.metrics.distributions.tiny_networks import mean_network

EVERY = pytest.mark.parametrize(
    "kind",
    [FrechetInceptionDistance, KernelInceptionDistance, PrecisionRecall],
)


def flat(result):
    """Values of a result, dicts within it included."""
    return [
        number
        for value in result.values()
        for number in (value.values() if isinstance(value, dict) else [value])
    ]


@pytest.fixture
def features(rng):
    return rng.normal(size=(60, 4)), rng.normal(0.5, 1, (50, 4))


@pytest.fixture
def images(rng):
    shape = (6, 16, 16, 3)
    levels = rng.integers(0, 256, (2, 6, 1, 1, 3), dtype="uint8")
    return [np.broadcast_to(side, shape) for side in levels]


def mean_features(images):
    """What `mean_network` computes of images of one colour."""
    return images[:, 0, 0].astype("float64") / 127.5 - 1


@EVERY
def test_images_equal_their_features(kind, images):
    network = mean_network()
    by_images, by_features = kind(network), kind(network)
    by_images.update_state(*images)
    by_features.update_features(*map(mean_features, images))
    found, expected = by_images.result(), by_features.result()
    assert list(found) == list(expected)
    assert flat(found) == pytest.approx(flat(expected), abs=1e-5)
    assert all(network.key in key for key in found)


@EVERY
@pytest.mark.parametrize("step", [1, 7, 60])
def test_batch_size_does_not_matter(kind, features, step):
    whole, streamed = kind(), kind()
    whole.update_features(*features)
    for i in range(0, 60, step):
        streamed.update_features(*(side[i : i + step] for side in features))
    assert streamed.result() == whole.result()


@EVERY
def test_sides_may_come_one_after_the_other(kind, features):
    together, apart = kind(), kind()
    together.update_features(*features)
    apart.update_features(real=features[1])
    apart.update_features(generated=features[0])
    assert apart.result() == together.result()


@EVERY
def test_merged_workers_equal_one(kind, features):
    whole = kind()
    whole.update_features(*features)
    workers = [kind() for _ in range(3)]
    for worker, generated, real in zip(
        workers, *(np.array_split(side, 3) for side in features), strict=True
    ):
        worker.update_features(generated, real)
    workers[0].merge_state([pickle.loads(pickle.dumps(w)) for w in workers[1:]])
    assert list(workers[0].result()) == list(whole.result())
    assert flat(workers[0].result()) == pytest.approx(flat(whole.result()))


@EVERY
def test_pickled_metric_with_a_network_goes_on(kind, images):
    metric = kind(mean_network())
    metric.update_state(*images)
    copy = pickle.loads(pickle.dumps(metric))
    for one in (metric, copy):
        one.update_state(*(side[:3] for side in images))
    assert copy.result() == metric.result()


@EVERY
def test_reference_takes_the_place_of_real_images(kind, features):
    generated, real = (side.astype("float32") for side in features)
    plain = kind()
    plain.update_features(generated, real)
    reference = FeatureReference(real, "toy_8", 64 * "0")
    metric = kind(reference=reference)
    metric.update_features(generated)
    assert flat(metric.result()) == flat(plain.result())
    assert all("toy_8_n60_r50" in key for key in metric.result())
    metric.reset_state()
    metric.update_features(generated[:50])
    assert all("toy_8_n50" in key for key in metric.result())
    metric.merge_state([metric])
    assert all("toy_8_n100_r50" in key for key in metric.result())


@EVERY
def test_reset_forgets_all_images(kind, features):
    metric = kind()
    metric.update_features(*features)
    expected = metric.result()
    metric.reset_state()
    assert metric.dimensions is None
    metric.update_features(*features)
    assert metric.result() == expected


def test_real_images_beside_a_reference_are_refused(features):
    reference = FeatureReference(features[1], "toy_8", 64 * "0")
    metric = FrechetInceptionDistance(reference=reference)
    with pytest.raises(ValueError, match="Received: both. Leave out real, or"):
        metric.update_features(*features)


def test_reference_of_another_network_is_refused(features):
    reference = FeatureReference(features[1], "toy_8", 64 * "0")
    with pytest.raises(ValueError, match="the distance, mean_.*Received: a re"):
        FrechetInceptionDistance(mean_network(), reference)


def test_images_without_a_network_are_refused(images):
    with pytest.raises(ValueError, match="must have a feature_network to tak"):
        FrechetInceptionDistance().update_state(*images)


@EVERY
def test_one_image_is_refused(kind):
    metric = kind()
    with pytest.raises(ValueError, match="Received: 0 generated and 0 real"):
        metric.result()
    metric.update_features([[1.0]], [[1.0]])
    with pytest.raises(ValueError, match="Received: 1 generated and 1 real"):
        metric.result()


@EVERY
def test_nan_is_refused_and_nothing_is_added(kind, features):
    metric = kind()
    metric.update_features(*features)
    expected = metric.result()
    with pytest.raises(ValueError, match="real features must be finite"):
        metric.update_features(features[0], np.full((1, 4), np.nan))
    assert metric.result() == expected


def test_nan_among_pixels_is_refused(images):
    broken = images[0].astype("float32")
    broken[0, 0, 0, 0] = np.nan
    metric = FrechetInceptionDistance(mean_network())
    with pytest.raises(ValueError, match="Images must be finite"):
        metric.update_state(broken, images[1])


@EVERY
def test_different_dimensions_are_refused(kind):
    metric = kind()
    with pytest.raises(ValueError, match="those before, 3. Received: 4"):
        metric.update_features(np.zeros((2, 3)), np.zeros((2, 4)))
    assert metric.dimensions is None


def test_features_must_fit_the_network():
    metric = FrechetInceptionDistance(mean_network())
    with pytest.raises(ValueError, match="those before, 3. Received: 4"):
        metric.update_features(np.zeros((2, 4)))


@EVERY
def test_constant_images_are_a_warning(kind, images):
    metric = kind(mean_network())
    metric.update_state(images[0], np.full((6, 8, 8, 3), 100, "uint8"))
    found = " ".join(metric.warnings)
    assert "All real images have the same features: mean_" in found
    assert "All generated images" not in found
    assert np.isfinite(flat(metric.result())).all()
