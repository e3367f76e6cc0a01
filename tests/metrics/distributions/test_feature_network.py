import pickle

import keras
import numpy as np
import pytest
from keras import layers
from PIL import Image

from keras_pix2pixhd.metrics.distributions import FeatureNetwork
from tests.metrics.distributions.tiny_networks import (
    mean_model,
    mean_network,
)


def test_images_are_resized_by_pillow(rng):
    image = rng.integers(0, 256, (20, 30, 3), dtype="uint8")
    inputs = keras.Input((8, 12, 3))
    network = FeatureNetwork(keras.Model(inputs, layers.Flatten()(inputs)))
    resized = Image.fromarray(image).resize((12, 8), Image.Resampling.BICUBIC)
    expected = np.asarray(resized).reshape(1, -1) / 127.5 - 1
    np.testing.assert_allclose(network(image[None]), expected, atol=1e-6)


def test_many_and_no_images():
    network = mean_network()
    levels = np.arange(40).astype("uint8")
    images = np.broadcast_to(levels[:, None, None, None], (40, 8, 8, 3))
    found = network(images)
    np.testing.assert_allclose(found[:, 0], levels / 127.5 - 1, atol=1e-6)
    assert network(images[:0]).shape == (0, 3)


def test_key_names_model_hash_and_size():
    network = mean_network()
    assert network.key == f"mean_{network.sha256[:8]}_8"
    assert mean_network((8, 12)).key == f"mean_{network.sha256[:8]}_8x12"


def test_given_name_is_made_plain():
    network = FeatureNetwork(mean_model(), name="My Net (v2)")
    assert network.name == f"my_net_v2_{network.sha256[:8]}"


def test_names_that_keras_counts_up_do_not_matter():
    def anonymous():
        inputs = keras.Input((8, 8, 3))
        return keras.Model(inputs, layers.Flatten()(inputs))

    first, second = anonymous(), anonymous()
    assert first.name != second.name
    assert FeatureNetwork(first).key == FeatureNetwork(second).key


def test_file_equals_the_model(tmp_path, rng):
    inputs = keras.Input((8, 8, 3))
    model = keras.Model(inputs, layers.Conv2D(5, 3)(inputs))
    model.save(tmp_path / "Own Net.keras")
    network = FeatureNetwork(model)
    loaded = FeatureNetwork(tmp_path / "Own Net.keras")
    assert loaded.sha256 == network.sha256
    assert loaded.name == f"own_net_{network.sha256[:8]}"
    images = rng.integers(0, 256, (2, 8, 8, 3), dtype="uint8")
    np.testing.assert_allclose(loaded(images), network(images), atol=1e-6)


def test_description_is_what_others_need():
    network = mean_network((8, 12))
    assert network.describe() == {
        "name": network.name,
        "source": "the model 'mean' given in Python",
        "image_size": [8, 12],
        "resize": "Pillow bicubic, antialiased",
        "range": "float32 in [-1, 1]",
        "dimensions": 3,
        "sha256": network.sha256,
    }


def test_pickled_network_is_the_same(rng):
    network = mean_network()
    copy = pickle.loads(pickle.dumps(network))
    images = rng.integers(0, 256, (2, 9, 9, 3), dtype="uint8")
    assert copy.key == network.key
    np.testing.assert_array_equal(copy(images), network(images))


def test_model_of_any_size_must_be_given_one():
    model = mean_model((None, None))
    with pytest.raises(
        ValueError, match=r"must be given one.*Choose image_size=\(height"
    ):
        FeatureNetwork(model)
    assert FeatureNetwork(model, image_size=(6, 7)).image_size == (6, 7)


def test_another_size_than_the_models_is_refused():
    with pytest.raises(ValueError, match=r"\(8, 8\). Received: image_size=\(9"):
        FeatureNetwork(mean_model(), image_size=(9, 8))


@pytest.mark.parametrize("source", ["vgg", "missing.h5", "", None, 3])
def test_unknown_sources_are_refused(source):
    with pytest.raises(
        ValueError,
        match="must be 'inceptionv3', a keras.Model, .*Give a feature network",
    ):
        FeatureNetwork(source)


@pytest.mark.parametrize("name", ["", "---", 3])
def test_names_without_letters_are_refused(name):
    with pytest.raises(ValueError, match=f"digits. Received: name={name!r}"):
        FeatureNetwork(mean_model(), name=name)


def test_file_that_is_no_model_is_refused(tmp_path):
    (tmp_path / "text.keras").write_text("no model")
    with pytest.raises(ValueError, match="must hold a Keras model. Received a"):
        FeatureNetwork(tmp_path / "text.keras")


def test_bad_images_are_refused():
    network = mean_network()
    with pytest.raises(ValueError, match="must be .batch, height, width, 3"):
        network(np.zeros((8, 8, 3), "uint8"))
