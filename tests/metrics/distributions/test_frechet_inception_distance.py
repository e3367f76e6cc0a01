import numpy as np
import pytest

from keras_pix2pixhd.metrics.distributions import (
    FeatureNetwork,
    FeatureReference,
    FrechetInceptionDistance,
)
from tests.metrics.distributions.tiny_networks import mean_model


@pytest.mark.parametrize(
    "network_key, key",
    [
        ("inceptionv3_keras_299", "fid_inceptionv3_keras_299_n3_r4"),
        ("inceptionv3_keras_75x80", "fid_inceptionv3_keras_75x80_n3_r4"),
        (
            "inceptionv3_keras_12345678_299",
            "frechet_inceptionv3_keras_12345678_299_n3_r4",
        ),
        ("inceptionv3_1a2b3c4d_299", "frechet_inceptionv3_1a2b3c4d_299_n3_r4"),
        ("mobilenetv1_224", "frechet_mobilenetv1_224_n3_r4"),
    ],
)
def test_only_keras_inception_is_called_fid(network_key, key):
    reference = FeatureReference(np.eye(4), network_key, 64 * "0")
    metric = FrechetInceptionDistance(reference=reference)
    metric.update_features(np.eye(3, 4))
    assert [*metric.result()] == [key]


def test_a_network_that_is_named_like_it_is_not_called_fid():
    network = FeatureNetwork(mean_model(), name="inceptionv3_keras")
    metric = FrechetInceptionDistance(network)
    metric.update_features(np.eye(3), np.eye(3))
    (key,) = metric.result()
    assert key == f"frechet_inceptionv3_keras_{network.sha256[:8]}_8_n3"


def test_fewer_images_than_dimensions_are_a_warning(rng):
    metric = FrechetInceptionDistance()
    metric.update_features(rng.normal(size=(5, 4)), rng.normal(size=(4, 4)))
    (warning,) = metric.warnings
    assert warning.startswith(
        "Fréchet distance of 5 generated and 4 real images in 4 dimensions: "
        "with fewer than 5 on each side"
    )
    metric.update_features(real=rng.normal(size=(1, 4)))
    assert metric.warnings == []


def test_nothing_is_warned_of_before_there_are_images():
    assert FrechetInceptionDistance().warnings == []
