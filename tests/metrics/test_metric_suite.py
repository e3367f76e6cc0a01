import json
import pickle
import re

import keras
import numpy as np
import pytest

from keras_pix2pixhd.data import ClassTable
from keras_pix2pixhd.metrics import (
    METRICS,
    FeatureNetwork,
    FeatureReference,
    MetricSuite,
    l1,
    ssim,
)
from keras_pix2pixhd.models import PerceptualNetwork
from tests.small_gan import write_vgg19_prefix

TABLE = ClassTable(["sky", "road"], [0, 1], [(0, 0, 1), (0, 0, 2)])


class Counting:
    """A feature network that counts the images it sees: mean colours."""

    key, dimensions, seen = "mean_8", 3, 0

    def __call__(self, images):
        assert images.dtype == np.uint8
        self.seen += len(images)
        return images.mean((1, 2)).astype("float32")

    def describe(self):
        return {"name": "mean"}


def bright_is_road(images):
    return (images.mean(-1) > 0).astype("int32")


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """All that a suite can be given, as small as can be."""
    keras.utils.set_random_seed(0)
    path = tmp_path_factory.mktemp("vgg") / "vgg.npz"
    perceptual = PerceptualNetwork(
        write_vgg19_prefix(path), normalization="none"
    )
    layers = [keras.Input((8, 8, 3)), keras.layers.Flatten()]
    model = keras.Sequential([*layers, keras.layers.Dense(2)])
    return {
        "feature_network": FeatureNetwork(model, name="tiny"),
        "perceptual_network": perceptual,
        "segmenter": bright_is_road,
        "kid_subsets": 3,
    }


def batch(rng, count=6):
    """Labels (2 is void), generated and real images."""
    generated, real = rng.integers(0, 256, (2, count, 12, 14, 3))
    label = rng.integers(0, 3, (count, 12, 14)).astype("uint8")
    return label, generated.astype("uint8"), real.astype("uint8")


def part(arrays, where):
    return [array[where] for array in arrays]


def test_every_metric_has_its_numbers_and_single_images_theirs(rng, networks):
    suite = MetricSuite(TABLE, **networks)
    assert suite.metrics == METRICS
    values = suite.update_state(*batch(rng))
    result = suite.result()
    assert json.loads(json.dumps(result, allow_nan=False)) == result
    # eight digits are those of weights
    assert [re.sub("_[0-9a-f]{8}_", "_SHA_", key) for key in result] == [
        "images",
        "l1",
        "psnr",
        "ssim",
        "ms_ssim_1_scale",
        "perceptual_vgg19_SHA_2_taps_unnormalized",
        "class_color_error",
        "segmentation",
        "frechet_tiny_SHA_8_n6",
        "kid_tiny_SHA_8_n6_s3x3",
        "precision_tiny_SHA_8_n6_k3",
        "recall_tiny_SHA_8_n6_k3",
    ]
    means = list(result)[1:6]
    assert list(values) == [*means, "mean_iou", "mean_iou_real"]
    for each in values.values():
        assert each.shape == (6,) and each.dtype == np.float64
    for key in means:
        assert result[key] == pytest.approx(values[key].mean(), rel=1e-12)


def test_worked_by_hand():
    suite = MetricSuite(TABLE, segmenter=bright_is_road)
    label = np.array([[[0, 1]], [[1, 1]]], "uint8")
    real = np.array([[[0, 255]], [[255, 255]]])[..., None].repeat(3, -1)
    generated = np.array([[[0, 255]], [[51, 255]]])[..., None].repeat(3, -1)
    values = suite.update_state(label, generated, real)
    assert values["l1"].tolist() == [0.0, 102.0]
    # one image is equal; of the other one pixel of two is seen rightly
    assert values["mean_iou"].tolist() == [1.0, 0.25]
    assert values["mean_iou_real"].tolist() == [1.0, 1.0]
    result = suite.result()
    assert (result["images"], result["l1"]) == (2, 51.0)
    # 204^2 / 2 of 255^2
    decibels = 10 * np.log10(2 / 0.8**2)
    assert result["psnr"] == pytest.approx((100 + decibels) / 2)
    assert result["class_color_error"] == {"sky": 0.0, "road": 51.0}
    scores = result["segmentation"]
    assert scores["real"]["mean_iou"] == 1.0
    assert scores["generated"]["class_iou"] == pytest.approx(
        {"sky": 1 / 2, "road": 2 / 3}
    )


@pytest.mark.parametrize("size", [1, 4])
def test_any_batch_size_gives_the_same(rng, networks, size):
    arrays = batch(rng)
    whole, parts = (MetricSuite(TABLE, **networks) for _ in range(2))
    whole.update_state(*arrays)
    for start in range(0, 6, size):
        parts.update_state(*part(arrays, slice(start, start + size)))
    check_equal(parts.result(), whole.result())
    check_equal(parts.generated_features, whole.generated_features)


def check_equal(found, expected):
    """Nested numbers agree; features are float32."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for key in expected:
            check_equal(found[key], expected[key])
    else:
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_workers_are_merged(rng, networks):
    arrays = batch(rng)
    whole, one, other = (MetricSuite(TABLE, **networks) for _ in range(3))
    whole.update_state(*arrays)
    one.update_state(*part(arrays, slice(0, 2)))
    other.update_state(*part(arrays, slice(2, 6)))
    one.merge_state([pickle.loads(pickle.dumps(other))])
    check_equal(one.result(), whole.result())
    assert one.images == 6
    np.testing.assert_allclose(one.real_features, whole.real_features, 1e-5)


def test_an_idle_worker_takes_all_from_others(rng, networks):
    busy, idle = (MetricSuite(TABLE, **networks) for _ in range(2))
    busy.update_state(*batch(rng))
    idle.merge_state([busy])
    check_equal(idle.result(), busy.result())


def test_what_was_pickled_takes_no_more_images(rng, networks):
    suite = MetricSuite(TABLE, **networks)
    suite.update_state(*batch(rng))
    copied = pickle.loads(pickle.dumps(suite))
    check_equal(copied.result(), suite.result())
    assert copied.protocol() == suite.protocol()
    with pytest.raises(ValueError, match="left its networks behind.*merge the"):
        copied.update_state(*batch(rng))


@pytest.mark.parametrize(
    "others",
    [
        {"metrics": ["l1"]},
        {"class_table": 2},
        {"metrics": ["l1", "ssim"], "seed": 3},
    ],
)
def test_other_suites_are_not_merged(others):
    suite = MetricSuite(**{"metrics": ["l1", "ssim"], "class_table": TABLE})
    other = MetricSuite(**{"metrics": ["l1", "ssim"], **others})
    with pytest.raises(ValueError, match="same class and have the same argum"):
        suite.merge_state([other])


def test_each_image_passes_the_feature_network_once(rng):
    label, generated, real = batch(rng)
    network = Counting()
    suite = MetricSuite(metrics=METRICS[-3:], feature_network=network)
    suite.update_state(None, generated, real)
    suite.result()
    assert network.seen == 12
    expected = generated.mean((1, 2)).astype("float32")
    np.testing.assert_array_equal(suite.generated_features, expected)
    reference = FeatureReference(suite.real_features, "mean_8", "0" * 64)
    known = MetricSuite(
        metrics=METRICS[-3:], feature_network=network, reference=reference
    )
    known.update_state(None, generated, real)
    assert network.seen == 18
    assert known.result() == suite.result()
    np.testing.assert_array_equal(known.real_features, suite.real_features)
    found = known.protocol()["feature_network"]
    assert found == {"key": "mean_8", "name": "mean", "reference": "0" * 64}


def test_constant_images_and_few_of_them_are_warned_about():
    suite = MetricSuite(metrics=["l1", "frechet"], feature_network=Counting())
    images = np.full((2, 4, 4, 3), 7, "uint8")
    suite.update_state(None, images, images)
    assert suite.result()["frechet_mean_8_n2"] == 0.0
    said = "\n".join(suite.warnings)
    assert "All generated images have the same features" in said
    assert "2 real images in 3 dimensions" in said
    assert len(set(suite.warnings)) == len(suite.warnings)
    assert MetricSuite(metrics=["l1"]).warnings == []


def test_one_image_is_too_few_for_a_distribution():
    suite = MetricSuite(metrics=["l1", "frechet"], feature_network=Counting())
    images = np.zeros((1, 4, 4, 3), "uint8")
    suite.update_state(None, images, images)
    with pytest.raises(ValueError, match="at least 2 generated .*: 1 gen"):
        suite.result()


def test_the_protocol_says_how_it_was_measured(networks):
    suite = MetricSuite(TABLE, **networks)
    protocol = suite.protocol()
    assert json.loads(json.dumps(protocol)) == protocol
    assert protocol["metrics"] == list(METRICS)
    assert protocol["segmenter"] == {"name": "bright_is_road", "classes": None}
    assert protocol["feature_network"]["image_size"] == [8, 8]
    assert protocol["perceptual_network"]["normalization"] == "none"
    assert protocol["perceptual_network"]["key"].endswith("unnormalized")
    assert protocol["settings"] == {
        "most_decibels": 100.0,
        "kid_subsets": 3,
        "kid_subset_size": None,
        "neighbours": 3,
        "seed": 0,
    }
    protocol["settings"]["seed"] = 9
    assert suite.protocol()["settings"]["seed"] == 0
    plain = MetricSuite(metrics=["l1"]).protocol()
    assert plain["feature_network"] is plain["perceptual_network"] is None
    assert plain["segmenter"] is None


def test_reset_state_forgets_all(rng, networks):
    suite, fresh = (MetricSuite(TABLE, **networks) for _ in range(2))
    suite.update_state(*batch(rng))
    suite.reset_state()
    assert suite.images == 0 and suite.generated_features is None
    # of another size: MS-SSIM of two scales
    label, generated, real = (
        np.tile(a[:, :, :12], (1, 2, 2, 1)[: a.ndim]) for a in batch(rng)
    )
    for each in (suite, fresh):
        each.update_state(label, generated, real)
    check_equal(suite.result(), fresh.result())
    assert "ms_ssim_2_scales" in suite.result()


def test_sizes_of_different_scales_have_no_common_ms_ssim():
    suite = MetricSuite(metrics=["ms_ssim"])
    suite.update_state(None, *[np.zeros((1, 12, 99, 3))] * 2)
    suite.update_state(None, *[np.zeros((1, 20, 12, 3))] * 2)
    words = "Received: ms_ssim_1_scale before, and ms_ssim_2_scales for .*21x30"
    with pytest.raises(ValueError, match=words):
        suite.update_state(None, *[np.zeros((1, 21, 30, 3))] * 2)


def test_floats_are_measured_as_they_are_and_seen_as_pixels():
    suite = MetricSuite(metrics=["l1", "frechet"], feature_network=Counting())
    images = np.full((2, 4, 4, 3), 7.4)
    suite.update_state(None, images, images - 7)
    assert suite.result()["l1"] == pytest.approx(7.0)
    assert suite.generated_features.tolist() == [[7.0] * 3] * 2


@pytest.mark.parametrize(
    "shapes, words",
    [
        (((2, 4, 4), (2, 4, 4, 3), (3, 4, 4, 3)), "as many generated as real"),
        (((2, 4, 4), (2, 4, 4, 3), (2, 4, 5, 3)), "of the same shape"),
        (((1, 4, 4), (2, 4, 4, 3), (2, 4, 4, 3)), "label must be"),
    ],
)
def test_bad_batches_are_refused(shapes, words):
    suite = MetricSuite(TABLE)
    label, generated, real = (np.zeros(shape, "uint8") for shape in shapes)
    with pytest.raises(ValueError, match=words):
        suite.update_state(label, generated, real)


def test_nothing_is_no_result():
    with pytest.raises(ValueError, match="at least one pair of images. Rec"):
        MetricSuite(metrics=["l1"]).result()


def test_names_and_networks_are_checked():
    with pytest.raises(ValueError, match="Did you mean 'psnr'"):
        MetricSuite(metrics=["pnsr"])
    with pytest.raises(ValueError, match="'frechet' needs a feature network"):
        MetricSuite(metrics=["frechet"])


def test_single_metrics_are_those_of_the_functions(rng):
    label, generated, real = batch(rng)
    suite = MetricSuite(metrics=["ssim", "l1"])
    values = suite.update_state(None, generated, real)
    assert list(values) == ["l1", "ssim"]
    np.testing.assert_array_equal(values["l1"], l1(generated, real))
    np.testing.assert_array_equal(values["ssim"], ssim(generated, real))
