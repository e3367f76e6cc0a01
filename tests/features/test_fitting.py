import sys
import warnings

import numpy as np
import pytest
from PIL import Image

from keras_pix2pixhd.data import read_pairs
from keras_pix2pixhd.features import fit_features
from tests.features.standing_in import TABLE, model

SIZE = (16, 16)  # an instance counts from 5 pixels on: 256 / 64 = 4


def write_scene(folder, name, label, instance, red):
    """A scene whose red is `red` of each instance, and green its class."""
    for kind in ("images", "labels", "instances"):
        (folder / kind).mkdir(exist_ok=True)
    image = np.zeros((*label.shape, 3), "uint8")
    for number, value in red.items():
        image[instance == number, 0] = value
    image[..., 1] = label * 10
    Image.fromarray(image).save(folder / "images" / f"{name}.png")
    Image.fromarray(label.astype("uint8")).save(
        folder / "labels" / f"{name}.png"
    )
    Image.fromarray(instance.astype("uint16")).save(
        folder / "instances" / f"{name}.png"
    )
    TABLE.save(folder / "classes.json")


def scene(cars=(), small=(), tree=None):
    """Ground of id 0; cars of 16 pixels, small ones of 4, maybe a tree."""
    label, instance = np.zeros(SIZE, int), np.zeros(SIZE, int)
    for place, number in enumerate(cars):
        rows, columns = slice(0, 4), slice(4 * place, 4 * place + 4)
        label[rows, columns], instance[rows, columns] = 1, number
    for place, number in enumerate(small):
        rows, columns = slice(6, 8), slice(2 * place, 2 * place + 2)
        label[rows, columns], instance[rows, columns] = 1, number
    if tree:
        label[-2:, -2:], instance[-2:, -2:] = 2, tree
    return label, instance


def reds(clusters, index):
    """The red of the styles of a class, in [0, 255]."""
    levels = (np.array(clusters.centers[index])[:, 0] + 1) * 127.5
    return [round(float(x), 2) for x in levels]


@pytest.fixture
def sklearn():
    return pytest.importorskip("sklearn")


def test_by_hand(sklearn, tmp_path):
    write_scene(
        tmp_path,
        "a",
        *scene(cars=[1, 2], small=[3], tree=4),
        {0: 50, 1: 200, 2: 100, 3: 9, 4: 77},
    )
    write_scene(tmp_path, "b", *scene(cars=[1]), {0: 60, 1: 150})
    seen = []
    clusters = fit_features(
        model(),
        read_pairs(tmp_path),
        progress=lambda *args: seen.append(args),
        source="run",
    )
    assert reds(clusters, 0) == [50, 60]
    # the small car is left out, but there is no larger tree
    assert reds(clusters, 1) == [100, 150, 200]
    assert reds(clusters, 2) == [77]
    assert clusters.samples == (2, 3, 1)
    # the other channel is that of the class
    greens = (clusters.centers[1][:, 1] + 1) * 127.5
    np.testing.assert_allclose(greens, [10, 10, 10], atol=1e-4)
    assert clusters.images == ("a", "b")
    assert clusters.source == "run"
    assert clusters.class_table == TABLE
    assert clusters.follow == "instances"
    assert seen == [(1, 2), (2, 2)]


def test_k_means(sklearn, tmp_path):
    levels = {1: 10, 2: 12, 3: 200, 4: 204}
    label, instance = scene(cars=[1, 2, 3, 4])
    write_scene(tmp_path, "a", label, instance, levels)
    clusters = fit_features(model(), read_pairs(tmp_path), clusters=2, seed=5)
    assert reds(clusters, 1) == [11, 202]
    assert clusters.samples[1] == 4
    one = fit_features(model(), read_pairs(tmp_path), clusters=1)
    assert reds(one, 1) == [106.5]


def test_equal_values(sklearn, tmp_path):
    label, instance = scene(cars=[1, 2, 3, 4])
    red = {1: 10, 2: 10, 3: 10, 4: 30}
    write_scene(tmp_path, "a", label, instance, red)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clusters = fit_features(model(), read_pairs(tmp_path), clusters=3)
    assert reds(clusters, 1) == [10, 30]
    assert clusters.samples[1] == 4


def test_values_that_differ_by_a_rounding_error(sklearn, tmp_path, rng):
    label, instance = scene(cars=[1, 2, 3, 4])
    write_scene(tmp_path, "a", label, instance, {})

    def encode(image, label, instance):
        noise = np.float32(1e-7) * instance[..., None]
        return np.float32(0.5) + noise * np.ones(2, "float32")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        clusters = fit_features(
            model(encode=encode), read_pairs(tmp_path), clusters=2
        )
    assert 1 <= len(clusters.centers[1]) <= 2
    np.testing.assert_allclose(clusters.centers[1], 0.5, atol=1e-5)


def test_only_small_instances(sklearn, tmp_path):
    write_scene(tmp_path, "a", *scene(small=[1, 2]), {1: 20, 2: 40})
    clusters = fit_features(model(), read_pairs(tmp_path))
    assert reds(clusters, 1) == [20, 40]
    assert reds(clusters, 2) == []


def test_features_that_follow_labels(sklearn, tmp_path):
    write_scene(tmp_path, "a", *scene(cars=[1, 2]), {0: 50, 1: 200, 2: 200})
    write_scene(tmp_path, "b", *scene(cars=[1]), {0: 50, 1: 100})
    gan = model(features_follow="labels")
    clusters = fit_features(gan, read_pairs(tmp_path))
    assert clusters.follow == "labels"
    assert clusters.samples == (2, 2, 0)
    assert reds(clusters, 1) == [100, 200]


def test_void_is_left_out(sklearn, tmp_path):
    label, instance = scene(cars=[1])
    label[label == 1] = 9
    write_scene(tmp_path, "a", label, instance, {0: 50, 1: 200})
    clusters = fit_features(model(), read_pairs(tmp_path))
    assert clusters.samples == (1, 0, 0)


def test_resized_and_with_components(sklearn, tmp_path):
    write_scene(tmp_path, "a", *scene(cars=[1]), {0: 50, 1: 200})
    sizes = []

    def encode(image, label, instance):
        sizes.append((image.shape, label.shape, instance.max()))
        return np.ones((*label.shape, 2), "float32")

    pairs = read_pairs(tmp_path).with_components()
    fit_features(model(encode=encode), pairs, image_size=(8, 24))
    assert sizes == [((1, 8, 24, 3), (1, 8, 24), 1)]


def test_without_scikit_learn(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "sklearn.cluster", None)
    words = r'needs scikit-learn.*pip install "keras_pix2pixhd\[features\]"'
    with pytest.raises(ValueError, match=words):
        fit_features(model(), None)


def test_errors(sklearn, tmp_path):
    write_scene(tmp_path, "a", *scene(), {})
    pairs = read_pairs(tmp_path)
    for gan, arguments, words in [
        (model(), {"clusters": 0}, "at least 1. Received: clusters=0"),
        (model(), {"clusters": 2.5}, "clusters=2.5"),
        (model(), {"seed": -1}, "seed=-1"),
        (model(), {"image_size": 4}, "image_size=4"),
        (model(feature_channels=0), {}, "a model without one"),
        (model(class_table=None), {}, "model or pairs with class_table=None"),
        (model(class_table=4), {}, "classes: 3 of the pairs, 4 of the model"),
    ]:
        with pytest.raises(ValueError, match=words):
            fit_features(gan, pairs, **arguments)
    for file in (tmp_path / "instances").iterdir():
        file.unlink()
    (tmp_path / "instances").rmdir()
    words = "Received: <Pairs of image . label, 1 pairs>.*with_components"
    with pytest.raises(ValueError, match=words):
        fit_features(model(), read_pairs(tmp_path))
