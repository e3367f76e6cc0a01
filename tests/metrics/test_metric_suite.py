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
    assert protocol["segmenter"] == {
        "name": "bright_is_road",
        "classes": None,
        "model_sha256": None,
    }
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
    words = "Received: {} before, and ms_ssim_2_scales for .*21x30. Resize"
    words = words.format(next(iter(suite.result().keys() - {"images"})))
    with pytest.raises(ValueError, match=words):
        suite.update_state(None, *[np.zeros((1, 21, 30, 3))] * 2)


@pytest.mark.parametrize("name", ["ssim", "ms_ssim"])
def test_other_windows_have_no_common_ssim(name):
    small, large = (MetricSuite(metrics=["l1", name]) for _ in range(2))
    small.update_state(None, *[np.zeros((1, 6, 12, 3))] * 2)
    small.update_state(None, *[np.zeros((1, 12, 5, 3))] * 2)
    large.update_state(None, *[np.zeros((1, 20, 20, 3))] * 2)
    words = "with a window of 5 pixels before, and [a-z_1]*ssim[a-z_1]* {}"
    with pytest.raises(ValueError, match=words.format("for images of 20x20")):
        small.update_state(None, *[np.zeros((1, 20, 20, 3))] * 2)
    with pytest.raises(ValueError, match=words.format("in another suite")):
        small.merge_state([large])
    idle = MetricSuite(metrics=["l1", name])
    with pytest.raises(ValueError, match="window of 5 pixels"):
        idle.merge_state([small, large])
    idle.merge_state([large])
    assert idle.result() == large.result()
    assert small.result()["images"] == 2


def test_floats_are_pixels_to_every_metric():
    suite = MetricSuite(metrics=["l1", "frechet"], feature_network=Counting())
    images = np.full((2, 4, 4, 3), 7.4)
    suite.update_state(None, images, images - 0.8)
    assert suite.result()["l1"] == 0.0  # 7 and 7, where it was 0.8
    assert suite.generated_features.tolist() == [[7.0] * 3] * 2
    assert suite.real_features.tolist() == [[7.0] * 3] * 2


def test_a_batch_without_images_is_nothing():
    suite = MetricSuite(metrics=["l1", "ms_ssim"])
    empty = np.zeros((0, 8, 8, 3), "uint8")
    assert suite.update_state(None, empty, empty) == {}
    # of another number of scales than 8x8 would be
    suite.update_state(None, *[np.zeros((1, 24, 24, 3))] * 2)
    assert set(suite.result()) == {"images", "l1", "ms_ssim_2_scales"}


def test_grey_and_coloured_images_have_no_common_mean():
    grey, coloured = (MetricSuite(metrics=["l1"]) for _ in range(2))
    grey.update_state(None, *[np.zeros((1, 8, 8, 1))] * 2)
    coloured.update_state(None, *[np.zeros((1, 8, 8, 3))] * 2)
    with pytest.raises(ValueError, match="number of channels. Received: 1, 3"):
        grey.update_state(None, *[np.zeros((1, 8, 8, 3))] * 2)
    with pytest.raises(ValueError, match="number of channels. Received: 1, 3"):
        grey.merge_state([coloured])
    assert grey.result() == {"images": 1, "l1": 0.0}


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


class Refusing(Counting):
    """A feature network that breaks down at the fourth call."""

    calls = 0

    def __call__(self, images):
        self.calls += 1
        if self.calls == 4:
            raise ValueError("no more memory")
        return super().__call__(images)


def wrong_class(images):
    return np.full(images.shape[:3], 1 + (images.max() < 0.5), "int32")


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda label, a, b: (None, a, b), "label must be"),
        (lambda label, a, b: (label[:, :4], a, b), "label must be"),
        (lambda label, a, b: (label / 1.0, a, b), "integer class indices"),
        (
            lambda label, a, b: (label, a // 3, b),
            "must be in .0, 1., the 2 classes",
        ),
        (lambda label, a, b: (label, a, b), "no more memory"),
    ],
)
def test_a_refused_batch_is_not_counted_at_all(rng, change, words):
    names = [name for name in METRICS if name != "perceptual"]
    networks = {"feature_network": Refusing(), "segmenter": wrong_class}
    suite = MetricSuite(TABLE, names, **networks, kid_subsets=3)
    suite.update_state(*batch(rng))
    before = suite.result()
    with pytest.raises(ValueError, match=words):
        suite.update_state(*change(*batch(rng)))
    assert suite.result() == before


def test_nan_features_are_not_counted(rng):
    class Broken(Counting):
        def __call__(self, images):
            return super().__call__(images) + self.added

    network = Broken()
    network.added = np.float32(0)
    names = ["l1", "frechet", "kid"]
    suite = MetricSuite(metrics=names, feature_network=network, kid_subsets=3)
    suite.update_state(*batch(rng))
    before = suite.result()
    network.added = np.float32("nan")
    with pytest.raises(ValueError, match="generated features must be finite"):
        suite.update_state(*batch(rng))
    assert suite.result() == before


def test_a_refused_merge_changes_nothing(rng):
    suites = [MetricSuite(metrics=["l1", "ms_ssim"]) for _ in range(3)]
    for suite, size in zip(suites, (12, 12, 40), strict=True):
        shape = (2, size, size, 3)
        suite.update_state(None, *rng.integers(0, 256, (2, *shape)))
    before = suites[0].result()
    with pytest.raises(ValueError, match="MS-SSIM of several .*_2_scales"):
        suites[0].merge_state(suites[1:])
    assert suites[0].result() == before
    with pytest.raises(ValueError, match="must be a list. Received: MetricSu"):
        suites[0].merge_state(suites[1])


def classifier(name, bias=0.0):
    inputs = keras.Input((None, None, 3))
    layer = keras.layers.Conv2D(2, 1)
    model = keras.Model(inputs, layer(inputs), name=name)
    layer.set_weights([np.ones((1, 1, 3, 2)), np.array([0, bias])])
    return model


def test_segmenters_are_told_apart_by_weights_not_by_name(rng):
    names = {"metrics": ["segmentation"], "class_table": TABLE}
    suite = MetricSuite(segmenter=classifier("model_1"), **names)
    same = MetricSuite(segmenter=classifier("model_2"), **names)
    same.update_state(*batch(rng))
    suite.merge_state([same])
    assert suite.result() == same.result()
    other = MetricSuite(segmenter=classifier("model_1", bias=9.0), **names)
    with pytest.raises(ValueError, match="have the same arguments"):
        suite.merge_state([other])
    assert len(suite.protocol()["segmenter"]["model_sha256"]) == 64


def test_the_same_files_in_other_folders_are_merged(rng, tmp_path):
    suites = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        keras.utils.set_random_seed(0)
        path = write_vgg19_prefix(folder / "vgg.npz")
        perceptual = PerceptualNetwork(path, normalization="none")
        layers = [keras.Input((8, 8, 3)), keras.layers.Flatten()]
        keras.Sequential([*layers, keras.layers.Dense(2)]).save(
            folder / "features.keras"
        )
        suites.append(
            MetricSuite(
                metrics=["perceptual", "frechet"],
                perceptual_network=perceptual,
                feature_network=FeatureNetwork(folder / "features.keras"),
            )
        )
    suites[0].update_state(*batch(rng))
    suites[1].merge_state(suites[:1])
    assert suites[1].result() == suites[0].result()


def test_each_feature_is_kept_once(rng):
    names = ["kid", "precision_recall"]
    suite = MetricSuite(metrics=names, feature_network=Counting())
    suite.update_state(*batch(rng))
    suite.update_state(*batch(rng))
    suite.result()
    kid, recall = suite._features.metrics
    assert kid._sides is recall._sides
    assert len(suite.generated_features) == 12
    copied = pickle.loads(pickle.dumps(suite))
    kid, recall = copied._features.metrics
    assert kid._sides is recall._sides
    assert copied.result() == suite.result()


@pytest.mark.parametrize(
    "argument, value, words",
    [
        (
            "feature_network",
            "x.tflite",
            r"a FeatureNetwork. Received: feat.*='",
        ),
        ("feature_network", FeatureNetwork, "a FeatureNetwork. Received"),
        ("perceptual_network", "imagenet", r"Make one: PerceptualNetwork\("),
        ("segmenter", "x.keras", r"Open a file with segmentation.load_segm"),
        (
            "segmenter",
            3,
            "a keras.Model or a function of images. Received: seg",
        ),
        ("reference", "x.npz", r"a FeatureReference.*FeatureReference.load"),
        ("class_table", "carvana", "ClassTable, or a number of classes"),
        ("metrics", 3, "metrics must be a list of names"),
    ],
)
def test_arguments_of_another_kind_are_refused(argument, value, words):
    with pytest.raises(ValueError, match=words):
        MetricSuite(**{argument: value})


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
