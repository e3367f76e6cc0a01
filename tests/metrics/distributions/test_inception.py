"""InceptionV3 from files; mostly with a tiny one in its place."""

import hashlib

import keras
import numpy as np
import pytest
from keras import layers

from keras_pix2pixhd.metrics.distributions import FeatureNetwork
from keras_pix2pixhd.metrics.distributions import inception as module
from keras_pix2pixhd.metrics.distributions.inception import inception


def tiny(weights, include_top, input_shape, pooling):
    inputs = keras.Input(input_shape)
    x = layers.Conv2D(5, 3, strides=2)(inputs)
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    if include_top:
        x = layers.Dense(7, name="predictions")(x)
    return keras.Model(inputs, x)


@pytest.fixture
def tiny_inception(monkeypatch):
    monkeypatch.setattr(keras.applications, "InceptionV3", tiny)


@pytest.mark.parametrize("include_top", [False, True])
@pytest.mark.parametrize("name", ["own.weights.h5", "own.h5"])
def test_weights_of_a_file_are_read(
    tiny_inception, tmp_path, include_top, name, rng
):
    model = tiny(None, include_top, (75, 80, 3), "avg")
    if name == "own.h5":
        model.save(tmp_path / name)  # the older layout, that of the download
    else:
        model.save_weights(tmp_path / name)
    network = FeatureNetwork(tmp_path / name, image_size=(75, 80))
    assert network.key == f"own_{network.sha256[:8]}_75x80"
    assert network.dimensions == 5
    images = rng.integers(0, 256, (2, 75, 80, 3), dtype="uint8")
    floats = images.astype("float32") / 127.5 - 1
    pooled = keras.Model(model.input, model.get_layer("avg_pool").output)
    expected = pooled.predict_on_batch(floats)
    np.testing.assert_allclose(network(images), expected, atol=1e-5)


def test_keras_own_file_is_known_by_its_hash(
    tiny_inception, tmp_path, monkeypatch
):
    path = tmp_path / "renamed.weights.h5"
    tiny(None, False, (299, 299, 3), "avg").save_weights(path)
    md5 = hashlib.md5(path.read_bytes()).hexdigest()
    monkeypatch.setattr(module, "_KNOWN", (md5,))
    assert FeatureNetwork(path).key == "inceptionv3_keras_299"


def test_download_has_keras_name(tiny_inception):
    network = FeatureNetwork("inceptionv3")
    assert network.key == "inceptionv3_keras_299"
    assert FeatureNetwork(image_size=(80, 90)).key == (
        "inceptionv3_keras_80x90"
    )


def test_download_that_fails_says_what_else_there_is(monkeypatch):
    def fail(**arguments):
        raise OSError("no network")

    monkeypatch.setattr(keras.applications, "InceptionV3", fail)
    with pytest.raises(
        ValueError, match="could not be had: no network. Give a feature netw"
    ):
        FeatureNetwork("inceptionv3")


def test_features_are_float32_in_a_run_of_mixed_precision(tiny_inception):
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        model = inception((75, 75))
        assert keras.config.dtype_policy().name == "mixed_bfloat16"
    finally:
        keras.config.set_dtype_policy("float32")
    assert {layer.compute_dtype for layer in model.layers} == {"float32"}


@pytest.mark.filterwarnings("ignore:Skipping nested container")
def test_weights_of_another_network_are_refused(tiny_inception, tmp_path):
    other = keras.Sequential([keras.Input((4,)), layers.Dense(3)])
    other.save_weights(tmp_path / "other.weights.h5")
    (tmp_path / "text.h5").write_text("no HDF5")
    for name in ("other.weights.h5", "text.h5"):
        with pytest.raises(
            ValueError, match="hold the weights of Keras' InceptionV3. Receiv"
        ):
            FeatureNetwork(tmp_path / name)


def test_small_images_are_refused():
    with pytest.raises(ValueError, match="at least 75 .*image_size=.74, 300"):
        FeatureNetwork(image_size=(74, 300))


@pytest.mark.slow
def test_real_architecture_with_random_weights(tmp_path, rng):
    model = keras.applications.InceptionV3(
        weights=None, include_top=False, pooling="avg", input_shape=(96, 80, 3)
    )
    path = tmp_path / "random.weights.h5"
    model.save_weights(path)
    network = FeatureNetwork(path, image_size=(96, 80))
    assert network.dimensions == 2048
    assert network.name == f"random_{network.sha256[:8]}"
    images = rng.integers(0, 256, (3, 96, 80, 3), dtype="uint8")
    expected = model.predict_on_batch(images.astype("float32") / 127.5 - 1)
    np.testing.assert_allclose(network(images), expected, rtol=1e-4, atol=1e-6)


@pytest.mark.slow
def test_real_architecture_with_its_classifier(tmp_path, rng):
    model = keras.applications.InceptionV3(weights=None)
    model.save(tmp_path / "full.h5")
    network = FeatureNetwork(tmp_path / "full.h5")
    assert (network.dimensions, network.image_size) == (2048, (299, 299))
    pooled = keras.Model(model.input, model.get_layer("avg_pool").output)
    images = rng.integers(0, 256, (1, 299, 299, 3), dtype="uint8")
    expected = pooled.predict_on_batch(images.astype("float32") / 127.5 - 1)
    np.testing.assert_allclose(network(images), expected, rtol=1e-4, atol=1e-6)
